"""The act itself, a part at a time, so that it can be interrupted anywhere and goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from guanxi.customer.intake import recompute
from guanxi.customer.intake.hanging import touch
from guanxi.customer.intake.reception import take_turns
from guanxi.customer.models import Delivery, Party, SourceRecord, Tag, Telling
from guanxi.customer.takeback.keeping import Facts, Kept, Why, reasons
from guanxi.customer.takeback.lives import lives
from guanxi.customer.takeback.owners import given_by, hand_on
from guanxi.customer.takeback.rehearing import retold
from guanxi.customer.takeback.removing import remove
from guanxi.customer.takeback.restoring import restore

NEXT = """
    SELECT id FROM (
        SELECT id FROM customer_sourcerecord WHERE delivery_id = %s AND id > %s
         UNION
        SELECT source_record_id FROM customer_telling WHERE delivery_id = %s AND source_record_id > %s) AS due
     ORDER BY id LIMIT %s
"""


@dataclass(frozen=True)
class Returned:
    """What became of a part: records that are gone, records that are as they would be without it, and who stays.

    `last` is the highest source record that was looked at; None when there was none left.
    """

    last: int | None
    removed: int = 0
    restored: int = 0
    kept: tuple[Kept, ...] = ()


@transaction.atomic
def take_back(*, delivery: Delivery, after: int, limit: int, facts: Facts) -> Returned:
    """Take back what a delivery said of the next `limit` source records above number `after`.

    A record goes with everything the delivery brought, and its customer too when nothing else is known of him; where
    others have told of it, it becomes what it would be without the delivery. What was worked on since stays and is
    answered. `facts` tells of which external ids the history holds facts.
    """
    take_turns(delivery.source)
    records = _locked(_next(delivery.pk, after, limit))
    if not records:
        return Returned(None)
    shared = _told_by_others(delivery.pk, list(records)) | {
        pk for pk, each in records.items() if each.delivery_id != delivery.pk
    }
    alone = {pk: each for pk, each in records.items() if pk not in shared}
    stays = reasons(alone, delivery.pk, facts)
    gone = {pk: each for pk, each in alone.items() if pk not in stays}
    orphaned = given_by(delivery.pk, [*shared, *gone])
    stays |= {pk: Why.TOLD_AGAIN for pk in shared if records[pk].delivery_id == delivery.pk}
    stays |= _retell({pk: records[pk] for pk in shared}, delivery.pk)
    if gone:
        remove(gone, {each.party_id for each in gone.values()})
    hand_on(orphaned)
    kept = tuple(Kept(records[pk].external_id, records[pk].party_id, why) for pk, why in sorted(stays.items()))
    return Returned(max(records), len(gone), len(shared), kept)


@transaction.atomic
def forget(*, delivery: Delivery) -> None:
    """After the last part: drop what the delivery had to make besides customers, where nothing has come to use it."""
    Tag.objects.filter(name__in=delivery.made.get("tags", []), uses=None).delete()
    if delivery.records.exists() or delivery.tellings.exists():
        return
    source, had_to_make = delivery.source, delivery.made.get("source", False)
    delivery.delete()
    if had_to_make and not source.records.exists() and not source.deliveries.exists():
        source.delete()


def _next(delivery: int, after: int, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [delivery, after, delivery, after, limit])
        return [row[0] for row in cursor.fetchall()]


def _locked(ids: Sequence[int]) -> dict[int, SourceRecord]:
    """Records come before parties, as with everybody who changes both."""
    records = {each.pk: each for each in SourceRecord.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    parties = {party for each in records.values() for party in (each.party_id, each.home_id)}
    list(Party.ever.select_for_update().filter(pk__in=parties).order_by("pk").values_list("pk"))
    return records


def _told_by_others(delivery: int, records: Sequence[int]) -> set[int]:
    others = Telling.objects.filter(source_record__in=records).exclude(delivery=delivery)
    nameless = Telling.objects.filter(source_record__in=records, delivery=None)
    return {*others.values_list("source_record_id", flat=True), *nameless.values_list("source_record_id", flat=True)}


def _retell(records: dict[int, SourceRecord], delivery: int) -> dict[int, Why]:
    """Let these records be what they would be; those of which something verified stays."""
    pairs = [(life, new) for life in lives(records) if (new := retold(life, delivery))]
    if not pairs:
        return {}
    kept = restore(pairs, delivery)
    parties = {each.party_id for each in records.values()}
    recompute(parties)
    touch(parties)
    return dict.fromkeys(kept, Why.VERIFIED)
