"""The kinds of event about what a customer owns, and how closely the company keeps in touch."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from guanxi.customer.models import Level, ServiceRecord
from guanxi.customer.timeline.kinds import Happening, event_kind
from guanxi.foundation.ui import formats


@event_kind("customer.asset_added")
@dataclass(frozen=True)
class AssetAdded(Happening):
    """The customer owns something, or owns it no longer."""

    icon: ClassVar[str] = "asset"
    touches: ClassVar[bool] = False
    name: str
    serial: str = ""
    retired: bool = False

    def headline(self) -> str:
        return _("No longer owns %(name)s") % {"name": self.name} if self.retired else _("Owns %(name)s") % vars(self)

    def details(self) -> str:
        return self.serial


@event_kind("customer.asset_serviced")
@dataclass(frozen=True)
class AssetServiced(Happening):
    """Something was done to what the customer owns. `on` is an ISO day."""

    icon: ClassVar[str] = "asset"
    touches: ClassVar[bool] = False
    name: str
    kind: str
    on: str
    what: str
    workshop: str = ""

    def headline(self) -> str:
        return f"{ServiceRecord.Kind(self.kind).label}: {self.name}"

    def details(self) -> str:
        day = formats.day(date.fromisoformat(self.on))
        return ", ".join(part for part in (self.what, self.workshop, day) if part)


@event_kind("customer.level_set")
@dataclass(frozen=True)
class LevelSet(Happening):
    """A colleague decided how closely the relationship is kept, or left it to the rule again."""

    icon: ClassVar[str] = "relationship"
    touches: ClassVar[bool] = False
    level: str
    reason: str

    def headline(self) -> str:
        if not self.level:
            return _("Relationship level by the rule again")
        return _("Relationship level: %(level)s") % {"level": Level(self.level).label}

    def details(self) -> str:
        return self.reason
