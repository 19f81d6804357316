"""Who was merged with whom, what a merge would bring together, and what was worked since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from guanxi.customer.merging.forest import trees
from guanxi.customer.merging.merges import MERGE_UNDONE, MERGED
from guanxi.customer.models import Event, Merge, Party, Proposal, Source, SourceRecord, Split
from guanxi.customer.queries.comparison import Aligned, Following, aligned, called, what_follows
from guanxi.customer.queries.naming import told
from guanxi.customer.timeline import Happening
from guanxi.foundation.accounts.models import User

MOST = 200
FEW = 5
BOOKKEEPING = (MERGED, MERGE_UNDONE, "customer.split_off", "customer.split_undone")


def merges_of(party: Party) -> QuerySet[Merge]:
    """Every merge that brought this customer together, undone or not, the latest first."""
    members = trees([party.pk])
    concerned = Merge.objects.filter(Q(absorbed__in=members) | Q(survivor__in=members))
    return concerned.select_related("absorbed", "survivor", "by", "undone_by").order_by("-at", "-id")


def splits_of(party: Party) -> QuerySet[Split]:
    """Every record that was split off this customer, or that this customer was made for, the latest first."""
    members = trees([party.pk])
    concerned = Split.objects.filter(Q(record__home__in=members) | Q(party__in=members))
    return concerned.select_related("record__source", "party", "by", "undone_by").order_by("-at", "-id")


@dataclass(frozen=True)
class Worked:
    """Something that colleagues or the customer did while the two were one; it stays with the survivor."""

    at: datetime
    icon: str
    headline: str
    text: str
    by: str


def work_since(merge: Merge, reader: User) -> list[Worked]:
    """What was worked on the survivor's own record since the merge, until it was undone; at most 200, newest first.

    If the survivor was absorbed by a third later, work went to that one's record, and is listed too.
    """
    holders = {merge.survivor_id, *Party.ever.filter(pk=merge.survivor_id).values_list("merged_into", flat=True)}
    own = SourceRecord.objects.filter(source__key=Source.OWN, home__in=holders - {None})
    found = Event.objects.filter(source_record__in=own, at__gte=merge.at).exclude(kind__in=BOOKKEEPING)
    if merge.undone_at is not None:
        found = found.filter(at__lte=merge.undone_at)
    events = list(found.select_related("by").order_by("-at", "-id")[:MOST])
    said = told(events, reader)
    return [_worked(each, said[each.pk]) for each in events]


def _worked(event: Event, what: Happening | None) -> Worked:
    by = event.by.name if event.by else ""
    if what is None:
        return Worked(event.at, "event", event.kind, "", by)
    return Worked(event.at, what.icon, what.headline(), what.details(), by)


@dataclass(frozen=True)
class Comparison:
    """Customers side by side, and what each would bring along if it were absorbed."""

    parties: list[Party]
    rows: list[Aligned]
    following: list[Following]

    @property
    def called(self) -> dict[int, str]:
        """What each is called beside the others."""
        return called(self.parties)


def compared(parties: Sequence[Party], reader: User) -> Comparison:
    """Every field that at least one of them has."""
    described = [
        (each, list(SourceRecord.objects.filter(party=each).select_related("source").order_by("id")))
        for each in parties
    ]
    return Comparison(list(parties), aligned(described, reader), [what_follows(each) for each in described])


def proposed_with(party: Party, among: QuerySet[Party]) -> list[tuple[Party, float]]:
    """Those customers whom an open proposal takes for this one, the likeliest first, with the probability."""
    known = among.values("pk")
    either = Q(left=party, right__in=known) | Q(right=party, left__in=known)
    rows = Proposal.objects.filter(either, decided_at=None).select_related("left", "right")
    likeliest = rows.order_by("-probability", "-id")[:FEW]
    return [(each.right if each.left_id == party.pk else each.left, each.probability) for each in likeliest]
