"""Rows that came late: whoever had read a customer before a merge may write to the old party after it.

A merge waits for everybody who is just writing about its parties. Who only read them is not waited for; what such a
writer stores with a source record and the party of yesterday is put right here, soon after and once more at night.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from guanxi.customer.merging.following import follow, hold, move_rows, take_turns
from guanxi.customer.merging.forest import trees
from guanxi.customer.merging.links import links
from guanxi.customer.models import Merge, SourceRecord, Split

AT_ONCE = 1_000

ASTRAY = """
    SELECT record.home_id FROM {table} AS about JOIN customer_sourcerecord AS record ON record.id = about.{record}
     WHERE record.id = ANY(%(records)s) AND about.{party} <> record.party_id
"""


def realign(*, since: datetime | None, at_once: int = AT_ONCE) -> int:
    """Put right what stands with the wrong party after merges, undos and splits since then, or ever; how many trees.

    Each tree is a transaction of its own; where nothing is astray nothing is locked. `at_once`: merges or splits looked
    at together, so that the memory needed does not grow with their number.
    """
    return sum(_realign(parties) for parties in _concerned(since, at_once))


def _concerned(since: datetime | None, at_once: int) -> Iterator[set[int]]:
    lately = Q() if since is None else Q(at__gte=since) | Q(undone_at__gte=since)
    yield from _lots(Merge.objects.filter(lately), ("absorbed", "survivor"), at_once)
    yield from _lots(Split.objects.filter(lately), ("party", "record__home"), at_once)


def _lots(rows: QuerySet[Any], parties: tuple[str, str], at_once: int) -> Iterator[set[int]]:
    after = 0
    while lot := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", *parties)[:at_once]):
        after = lot[-1][0]
        yield {party for _, *pair in lot for party in pair}


def _realign(parties: Collection[int]) -> int:
    done: set[int] = set()
    found = 0
    for home in sorted(_homes_astray(trees(parties))):
        if home not in done:
            done.update(_put_right(home))
            found += 1
    return found


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
