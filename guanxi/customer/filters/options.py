"""What can be chosen in a filter."""

from django.utils.translation import gettext as _

from guanxi.customer.computed_tags import declared
from guanxi.customer.filters.fields import Choices
from guanxi.customer.filters.kinds import NOBODY
from guanxi.customer.models import Event, Tag
from guanxi.customer.models.consent import Purpose
from guanxi.customer.normal import country_name
from guanxi.customer.places import countries_in_use
from guanxi.foundation.access.models import Team
from guanxi.foundation.accounts.models import User


def people() -> Choices:
    return [*User.objects.filter(is_active=True).order_by("name").values_list("pk", "name"), (NOBODY, _("nobody"))]  # type: ignore[list-item]


def teams() -> Choices:
    return [*Team.objects.order_by("name").values_list("pk", "name"), (NOBODY, _("no team"))]  # type: ignore[list-item]


def tags() -> Choices:
    return [
        (name, name) for name in Tag.objects.filter(retired_at=None).order_by("name").values_list("name", flat=True)
    ]


def countries() -> Choices:
    return sorted(((code, country_name(code)) for code in countries_in_use()), key=lambda pair: pair[1])


def consents() -> Choices:
    return [
        (
            f"{purpose.value}/{channel.value}",
            _("%(purpose)s by %(channel)s") % {"purpose": purpose.label, "channel": channel.label},
        )
        for purpose in Purpose
        for channel in Event.Channel
        if channel
    ]


def computed_tags() -> Choices:
    """Key and name of all declared computed tags."""
    return [(each.key, each.name) for each in declared()]
