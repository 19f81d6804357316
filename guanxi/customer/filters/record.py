"""What the record itself can be asked for."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer.filters import options
from guanxi.customer.filters.fields import Ago, Choice, Text, register
from guanxi.customer.filters.kinds import BirthDate, Birthday, Consented, HasRole, Reference, Tagged
from guanxi.customer.models import Party, PartyRole


def register_record_fields() -> None:
    """Called once, when the app starts."""
    register(
        Text(
            key="name",
            label=_("Name"),
            path="name",
            phrases={"starts": _("whose name starts with %(value)s"), "is": _("named %(value)s")},
        )
    )
    register(
        Choice(
            key="kind",
            label=_("Kind"),
            path="kind",
            choices=lambda: Party.Kind.choices,
            phrases={"in": _("who are %(value)s"), "not_in": _("who are not %(value)s")},
        )
    )
    register(
        HasRole(
            key="role",
            label=_("Role"),
            choices=lambda: PartyRole.Role.choices,
            phrases={"in": _("with the role %(value)s"), "not_in": _("without the role %(value)s")},
        )
    )
    register(
        Choice(
            key="country",
            label=_("Country"),
            path="country",
            choices=options.countries,
            phrases={"in": _("in %(value)s"), "not_in": _("outside %(value)s")},
        )
    )
    register(
        Text(
            key="city",
            label=_("City"),
            path="city",
            phrases={"is": _("in the city of %(value)s"), "starts": _("in a city that starts with %(value)s")},
        )
    )
    register(
        BirthDate(
            key="born",
            label=_("Birth date"),
            path="born",
            phrases={
                "from": _("born on %(value)s or later"),
                "until": _("born on %(value)s or earlier"),
                "known": _("whose birth date is known"),
                "unknown": _("whose birth date is not known"),
            },
        )
    )
    register(
        Birthday(
            key="birthday",
            label=_("Birthday"),
            path="born",
            phrases={
                "coming": _("whose birthday comes within %(value)s"),
                "this_month": _("whose birthday is this month"),
            },
        )
    )
    register(
        Reference(
            key="owner",
            label=_("Owner"),
            path="owner",
            choices=options.people,
            phrases={"in": _("looked after by %(value)s"), "not_in": _("not looked after by %(value)s")},
        )
    )
    register(
        Reference(
            key="team",
            label=_("Team"),
            path="team",
            choices=options.teams,
            phrases={"in": _("of the team %(value)s"), "not_in": _("of another team than %(value)s")},
        )
    )
    register(
        Tagged(
            key="tag",
            label=_("Tag"),
            choices=options.tags,
            phrases={"in": _("tagged %(value)s"), "not_in": _("not tagged %(value)s")},
        )
    )
    register(
        Consented(
            key="consent",
            label=_("Consent"),
            choices=options.consents,
            phrases={"in": _("who agreed to %(value)s"), "refused": _("who refused %(value)s")},
        )
    )
    register(
        Ago(
            key="touched",
            label=_("Last touch"),
            path="touched_at",
            phrases={
                "within": _("touched within %(value)s"),
                "before": _("untouched for more than %(value)s"),
                "never": _("never touched"),
            },
        )
    )
    register(
        Ago(
            key="created",
            label=_("In the record since"),
            path="created_at",
            phrases={"within": _("new within %(value)s"), "before": _("known for more than %(value)s")},
        )
    )
