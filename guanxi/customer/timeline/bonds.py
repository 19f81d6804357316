"""The kinds of event about how a customer is known, to whom it belongs together, and who brought it."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from guanxi.customer.models import Identifier, Relationship
from guanxi.customer.timeline.kinds import Happening, event_kind


@event_kind("customer.registered_again")
@dataclass(frozen=True)
class RegisteredAgain(Happening):
    """A colleague brought a customer who was known already. `became` says what came of it."""

    icon: ClassVar[str] = "due"
    touches: ClassVar[bool] = False
    became: str  # refused, attached or review
    note: str = ""

    def headline(self) -> str:
        return _("Registered again")

    def details(self) -> str:
        said = {
            "refused": _("The entry was refused, because this customer is known."),
            "attached": _("What was typed was added to this customer."),
            "review": _("It was kept as a customer of its own and sent to review."),
        }[self.became]
        return f"{said} {self.note}".strip()


@event_kind("customer.identifier_added")
@dataclass(frozen=True)
class IdentifierAdded(Happening):
    """A colleague typed in another identifier, or took a typed one away."""

    icon: ClassVar[str] = "identifier"
    touches: ClassVar[bool] = False
    kind: str
    value: str
    removed: bool = False

    def headline(self) -> str:
        words = {"kind": Identifier.Kind(self.kind).label}
        return _("Identifier taken away: %(kind)s") % words if self.removed else _("Identifier added: %(kind)s") % words

    def details(self) -> str:
        return self.value


@event_kind("customer.identifier_verified")
@dataclass(frozen=True)
class IdentifierVerified(Happening):
    """A colleague vouches that this identifier is the customer's own, or no longer does."""

    icon: ClassVar[str] = "good"
    touches: ClassVar[bool] = False
    kind: str
    value: str
    how: str = ""
    withdrawn: bool = False

    def headline(self) -> str:
        words = {"kind": Identifier.Kind(self.kind).label}
        return _("No longer verified: %(kind)s") % words if self.withdrawn else _("Verified: %(kind)s") % words

    def details(self) -> str:
        return ": ".join(part for part in (self.value, self.how) if part)


@event_kind("customer.related")
@dataclass(frozen=True)
class Related(Happening):
    """The customer stands in a relationship to another; the name as it was that day."""

    icon: ClassVar[str] = "relationship"
    touches: ClassVar[bool] = False
    kind: str
    other: str
    ended: bool = False

    def headline(self) -> str:
        words = {"kind": Relationship.Kind(self.kind).label, "other": self.other}
        return _("No longer: %(kind)s %(other)s") % words if self.ended else _("%(kind)s %(other)s") % words
