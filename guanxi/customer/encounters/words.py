"""Why a row was taken for a customer, in a few words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.customer.matching import Rule

RULES: dict[Rule, Promise] = {
    Rule.SAME_EMAIL: _("the same e-mail address"),
    Rule.SAME_PHONE: _("the same phone number"),
    Rule.SAME_CARD: _("the same card"),
    Rule.SAME_WECOM: _("the same WeCom contact"),
    Rule.SAME_USCC: _("the same unified social credit code"),
    Rule.SAME_NUMBER: _("the same customer number"),
    Rule.SAME_NAME: _("the same name, and something else in common"),
    Rule.SIMILAR_NAME: _("a similar name"),
    Rule.SHARED: _("an address or number in common, but another name"),
}
