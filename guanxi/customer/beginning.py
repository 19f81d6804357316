"""What the record tells the frame when the program starts."""

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from guanxi.customer import encounters, intake, trail
from guanxi.customer.assets.beginning import register_belongings
from guanxi.customer.engagement.beginning import register_engagement
from guanxi.customer.fields.veiling import sensitive_facts
from guanxi.customer.filters.custom import custom_conditions
from guanxi.customer.filters.fields import register_source
from guanxi.customer.filters.readings import register_reading_fields
from guanxi.customer.filters.record import register_record_fields
from guanxi.customer.finding import find_books, find_customers, find_orders
from guanxi.customer.listing import columns, orders
from guanxi.customer.listing.custom import custom_columns, custom_orders
from guanxi.customer.listing.own_columns import offer_own_columns
from guanxi.customer.pool.beginning import register_ownership
from guanxi.customer.privacy.beginning import register_privacy
from guanxi.customer.reviewing.beginning import register_reviewing
from guanxi.foundation.access.verbs import declare
from guanxi.foundation.administration import tabs
from guanxi.foundation.audit import veils, words
from guanxi.foundation.ui import navigation

VERBS = {
    "customer.read": _("See customers"),
    "customer.write": _("Change customers"),
    "customer.export": _("Take customers out as a file"),
    "customer.merge": _("Merge customers who are one and the same, and undo it"),
}
SETTINGS = (
    tabs.Tab("fields", _("Fields"), "fields:fields", "settings.write", 50),
    tabs.Tab("sources", _("Who is believed"), "beliefs:sources", "settings.write", 60),
)


def register() -> None:
    """Filter fields, columns, the place in the rail, actions and finder; and the kinds of event each app declares."""
    for verb, label in VERBS.items():
        declare(verb, label, reaches=True)
    declare("customer.create", _("Add customers"))
    declare("customer.sensitive", _("See and change sensitive fields of customers"))
    declare("tag.write", _("Rename, join, describe and retire tags"))
    for tab in SETTINGS:
        tabs.offer(tab)
    register_record_fields()
    register_reading_fields()
    register_source(custom_conditions)
    columns.offer_source(custom_columns)
    orders.register_source(custom_orders)
    offer_own_columns()
    navigation.go(
        navigation.Destination(
            label=_("Customers"),
            url_name="customer:customers",
            icon="customers",
            order=20,
            verb="customer.read",
            on_phone=True,
        )
    )
    navigation.do(
        navigation.Action(
            label=_("New customer"), url_name="customer:new", icon="plus", verb="customer.create", creates=True
        )
    )
    veils.veil(sensitive_facts)
    words.speak(
        verbs=trail.VERBS, subjects=trail.SUBJECTS, facts=trail.FACTS, values=trail.VALUES, sayings=trail.SAYINGS
    )
    register_ownership()
    register_belongings()
    register_engagement()
    navigation.do(navigation.Action(label=_("Tags"), url_name="customer:tag-catalogue", icon="tag", verb="tag.write"))
    register_privacy()
    register_reviewing()
    intake.appoint(encounters.decide)
    navigation.find(navigation.Finder(label=_("Customers"), find=find_customers, verb="customer.read", order=10))
    navigation.find(navigation.Finder(label=_("Orders"), find=find_orders, verb="customer.read", order=20))
    navigation.find(navigation.Finder(label=_("Looked after by"), find=find_books, verb="customer.read", order=30))
    autodiscover_modules("events")
