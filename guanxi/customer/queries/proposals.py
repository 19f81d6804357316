"""The review of likely duplicates: what is open, what stands next to what, how far one has come."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Event, Merge, Party, Proposal, SourceRecord
from guanxi.customer.queries.comparison import Aligned, Described, aligned, called
from guanxi.customer.queries.consents import Lights, consent_lights
from guanxi.customer.queries.identities import Known, identifiers_of
from guanxi.customer.queries.naming import told
from guanxi.customer.timeline import Happening, timeline_of
from guanxi.foundation.accounts.models import User

MOST_COUNTED = 1000
FEW = 3
LIKELIEST_FIRST = ("-probability", "-id")


def open_proposals(user: User, *, origin: str = "", rule: str = "") -> QuerySet[Proposal]:
    """What this colleague may decide: pairs of two different customers, theirs to merge, that nobody told apart."""
    mine = visible_parties(user, "customer.merge").values("pk")
    found = Proposal.objects.filter(decided_at=None, left__in=mine, right__in=mine).exclude(left=F("right"))
    asked = {name: value for name, value in (("origin", origin), ("rule", rule)) if value}
    same_way, other_way = _told_apart("left", "right"), _told_apart("right", "left")
    waiting = found.filter(~Exists(same_way), ~Exists(other_way), **asked)
    return waiting.select_related("left__owner", "right__owner").order_by(*LIKELIEST_FIRST)


def _told_apart(left: str, right: str) -> QuerySet[Proposal]:
    """Decisions that a pair are two; asked in one direction at a time, so that an index answers."""
    return Proposal.objects.filter(left=OuterRef(left), right=OuterRef(right), decision__in=Proposal.TWO)


@dataclass(frozen=True)
class Resembling:
    """A customer whom this one may be, by an open proposal."""

    proposal: Proposal
    other: Party


def resembling(user: User, party: Party) -> list[Resembling]:
    """Whom a customer may be, as far as this colleague may decide it; at most three, the likeliest first."""
    about = open_proposals(user).filter(Q(left=party) | Q(right=party))[:FEW]
    return [Resembling(each, each.right if each.left_id == party.pk else each.left) for each in about]


def after(proposals: QuerySet[Proposal], one: Proposal) -> QuerySet[Proposal]:
    """Those that are less likely than this one, the next first."""
    later = Q(probability=one.probability, pk__lt=one.pk) | Q(probability__lt=one.probability)
    return proposals.filter(later, probability__lte=one.probability)


def before(proposals: QuerySet[Proposal], one: Proposal) -> QuerySet[Proposal]:
    """Those that are likelier than this one, the nearest first."""
    earlier = Q(probability=one.probability, pk__gt=one.pk) | Q(probability__gt=one.probability)
    return proposals.filter(earlier, probability__gte=one.probability).order_by("probability", "id")


@dataclass(frozen=True)
class Progress:
    """How many this colleague decided today, and how many are open; `is_exact` is false beyond a thousand."""

    decided: int
    open: int
    is_exact: bool

    @property
    def of(self) -> int:
        return self.decided + self.open

    @property
    def share(self) -> float:
        return self.decided / self.of if self.of else 1.0


def progress(user: User, waiting: QuerySet[Proposal], *, today_began: datetime) -> Progress:
    decided = Proposal.objects.filter(decided_by=user, decided_at__gte=today_began).count()
    found = waiting.order_by()[: MOST_COUNTED + 1].count()
    return Progress(decided, min(found, MOST_COUNTED), found <= MOST_COUNTED)


def automatic_merges(user: User) -> QuerySet[Merge]:
    """What the threshold merged and still stands, of customers this colleague may merge, the latest first."""
    mine = visible_parties(user, "customer.merge").values("pk")
    made = Merge.objects.filter(by=None, undone_at=None, absorbed__merged_into__in=mine)
    return made.select_related("absorbed", "survivor", "proposal").order_by("-at", "-id")


def merged_before(made: QuerySet[Merge], one: Merge) -> QuerySet[Merge]:
    """Those that were merged before this one."""
    return made.filter(Q(at=one.at, pk__lt=one.pk) | Q(at__lt=one.at))


def rules_waiting() -> list[str]:
    """The rules by which the likeliest thousand were proposed, whoever may decide them."""
    likeliest = Proposal.objects.filter(decided_at=None).order_by(*LIKELIEST_FIRST)
    return sorted(set(likeliest.values_list("rule", flat=True)[:MOST_COUNTED]))


@dataclass(frozen=True)
class Pointing:
    """One identifier, and which of the two have it; empty on the side that has not."""

    label: str
    left: str
    right: str
    state: str


@dataclass(frozen=True)
class Happened:
    """One thing that happened with a customer, in a few words."""

    at: datetime
    icon: str
    headline: str


@dataclass(frozen=True)
class Side:
    """One of the two, as far as it helps to decide."""

    party: Party
    records: list[SourceRecord]
    identifiers: list[Known]
    events: list[Happened]
    lights: Lights

    @property
    def described(self) -> Described:
        return self.party, self.records


@dataclass(frozen=True)
class Pair:
    """A proposal side by side."""

    proposal: Proposal
    left: Side
    right: Side
    rows: list[Aligned]

    @property
    def called(self) -> dict[int, str]:
        """Party → its name, with its number where both bear the same."""
        return called((self.left.party, self.right.party))

    @property
    def pointers(self) -> list[Pointing]:
        """Identifiers of both, those in common first; the phone and e-mail that are believed stand among the rows."""
        mine, theirs = ({(each.label, each.value) for each in side.identifiers} for side in (self.left, self.right))
        shown = {(each.label, each.value) for row in self.rows for each in row.said if each}
        return [
            Pointing(
                label,
                value if (label, value) in mine else "",
                value if (label, value) in theirs else "",
                "equal" if (label, value) in mine & theirs else "onesided",
            )
            for label, value in sorted((mine | theirs) - shown, key=lambda key: (key not in mine & theirs, key))
        ]


def pair(proposal: Proposal, reader: User) -> Pair:
    """Both customers of a proposal; a constant number of queries."""
    left, right = _side(proposal.left, reader), _side(proposal.right, reader)
    return Pair(proposal, left, right, aligned([left.described, right.described], reader))


def _side(party: Party, reader: User) -> Side:
    records = list(SourceRecord.objects.filter(party=party).select_related("source").order_by("id"))
    events = timeline_of(party, most=FEW)
    said = told(events, reader)
    happened = [_happened(each, said[each.pk]) for each in events]
    return Side(party, records, identifiers_of(party, reader), happened, consent_lights(party))


def _happened(event: Event, what: Happening | None) -> Happened:
    if what is None:
        return Happened(event.at, "event", event.kind)
    return Happened(event.at, what.icon, what.headline())
