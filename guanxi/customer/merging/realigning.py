"""Rows that came late: whoever had read a customer before a merge may write to the old party after it.

A merge waits for everybody who is just writing about its parties. Who only read them is not waited for; what such a
writer stores with a source record and the party of yesterday is put right here, soon after and once more at night.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from guanxi.customer.merging.following import follow, hold, move_rows, take_turns
from guanxi.customer.merging.forest import trees
from guanxi.customer.merging.links import links
from guanxi.customer.models import Merge, SourceRecord, Split

ASTRAY = """
    SELECT record.home_id FROM {table} AS about JOIN customer_sourcerecord AS record ON record.id = about.{record}
     WHERE record.id = ANY(%(records)s) AND about.{party} <> record.party_id
"""


def realign(*, since: datetime | None) -> int:
    """Put right what stands with the wrong party after merges, undos and splits since then, or ever; how many trees.

    Each tree is a transaction of its own; where nothing is astray nothing is locked.
    """
    members = trees(_concerned(since))
    homes = _homes_astray(members) if members else set()
    done: set[int] = set()
    for home in sorted(homes):
        if home not in done:
            done.update(_put_right(home))
    return len(homes)


def _concerned(since: datetime | None) -> set[int]:
    lately = Q() if since is None else Q(at__gte=since) | Q(undone_at__gte=since)
    merges = Merge.objects.filter(lately).values_list("absorbed", "survivor")
    splits = Split.objects.filter(lately).values_list("party", "record__home")
    return {party for pair in (*merges, *splits) for party in pair}


def _homes_astray(members: Collection[int]) -> set[int]:
    """The homes of records, or of records of rows, that stand with another party than the merges say."""
    apart = Exists(Split.objects.filter(record=OuterRef("pk"), undone_at=None))
    ours = SourceRecord.objects.filter(home__in=members)
    moved = ours.filter(~apart).exclude(party=Coalesce(F("home__merged_into"), F("home")))
    found = set(moved.values_list("home", flat=True))
    queries = " UNION ".join(ASTRAY.format(table=link.table, record=link.record, party=link.party) for link in links())
    with connection.cursor() as cursor:
        cursor.execute(queries, {"records": list(ours.values_list("pk", flat=True))})
        return found | {row[0] for row in cursor.fetchall()}


@transaction.atomic
def _put_right(home: int) -> list[int]:
    take_turns()
    members = hold([home])
    follow(members)
    records = list(SourceRecord.objects.filter(home__in=members).values_list("pk", flat=True))
    if move_rows(records):
        follow(members)
    return members
