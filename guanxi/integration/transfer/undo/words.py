"""Why somebody stays though the import was undone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.customer.takeback import Why

REASONS: dict[str, Promise] = {
    Why.TYPED: _("A colleague has worked on this customer since."),
    Why.MERGED: _("The customer was merged or split since."),
    Why.DECIDED: _("Somebody has decided since whether this is the same customer as another one."),
    Why.VERIFIED: _("An address or number was verified since."),
    Why.ANSWERED: _("The customer's consent was recorded since."),
    Why.FACTS: _("There are purchases of this customer that came another way."),
    Why.USED: _("Something was made of this customer since, such as a campaign or a task."),
    Why.TOLD_AGAIN: _("Another import has told of this customer too; what it said stays."),
}
