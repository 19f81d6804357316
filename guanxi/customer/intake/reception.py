from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from guanxi.customer.intake import writing
from guanxi.customer.intake.duplicates import sharing
from guanxi.customer.intake.golden import recompute
from guanxi.customer.intake.incoming import Incoming, Outcome, Status
from guanxi.customer.intake.reading import Read, Unreadable, read
from guanxi.customer.intake.standing import Saying, Standing
from guanxi.customer.intake.standings import standings
from guanxi.customer.intake.writing import Arrival, Batch
from guanxi.customer.models import Party, Source
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current

LOCK_SPACE = 0x67757831  # "gux1": one lock per source below it


@transaction.atomic
def take_in(*, source: Source, records: Sequence[Incoming], at: datetime, by: User | None) -> list[Outcome]:
    """Take a batch of customers in and answer every row, in its order. All of the batch is stored, or none of it.

    Some dozen statements serve up to 10,000 rows. The same batch again changes nothing; two imports of one source take
    turns; an older saying never replaces a newer one. Sharing an identifier with another party is reported and merges
    nothing. What colleagues type comes in by `guanxi.customer.actions`, not here.
    """
    if source.key == Source.OWN:
        raise ValueError("what people type is no import")
    company = current()
    readings = [_read(each, company.country if company else "") for each in records]
    return receive(Batch(source, at, by), readings)


def receive(batch: Batch, readings: Sequence[Read | str]) -> list[Outcome]:
    """The same for rows already read; a text stands for a row that could not be."""
    _take_turns(batch.source)
    known = standings(batch.source, {each.external_id for each in readings if isinstance(each, Read)})
    arrivals: dict[str, Arrival] = {}
    statuses = [_hear(each, batch, known, arrivals) for each in readings]
    _store(batch, list(arrivals.values()))
    shared = sharing([a.record for a in arrivals.values() if a.standing.is_changed])
    return [_answer(each, status, known, shared) for each, status in zip(readings, statuses, strict=True)]


def _read(incoming: Incoming, home_country: str) -> Read | str:
    try:
        return read(incoming, home_country)
    except Unreadable as reason:
        return str(reason)


def _take_turns(source: Source) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, source.pk])


def _hear(row: Read | str, batch: Batch, known: dict[str, Standing], arrivals: dict[str, Arrival]) -> Status:
    if isinstance(row, str):
        return Status.REJECTED
    standing = known[row.external_id]
    status = standing.hear(Saying(row.payload, row.fields, row.as_of, batch.at))
    if status != Status.UNCHANGED or row.external_id not in arrivals:
        arrivals[row.external_id] = Arrival(row, standing)
    return status


def _store(batch: Batch, arrivals: list[Arrival]) -> None:
    new = [a for a in arrivals if a.standing.record is None]
    changed = [a for a in arrivals if a.standing.is_changed and a.standing.record is not None]
    if new:
        writing.create(batch, new)
    if changed:
        writing.update(batch, changed)
    writing.keep_superseded(batch, [a.standing for a in arrivals if a.standing.retired])
    writing.attach(batch, new, changed)
    if changed:
        _give_owners(changed)
        recompute({a.party for a in changed})


def _give_owners(arrivals: list[Arrival]) -> None:
    """An owner named by a source is taken where nobody looks after the customer yet."""
    wanted: dict[int, list[int]] = {}
    for a in arrivals:
        if a.read.incoming.owner is not None:
            wanted.setdefault(a.read.incoming.owner, []).append(a.party)
    for owner in User.objects.filter(pk__in=wanted):
        Party.objects.filter(pk__in=wanted[owner.pk], owner=None).update(owner=owner, team_id=owner.team_id)


def _answer(row: Read | str, status: Status, known: dict[str, Standing], shared: dict[int, tuple[int, ...]]) -> Outcome:
    if isinstance(row, str):
        return Outcome(Status.REJECTED, reason=row)
    party = known[row.external_id].party
    return Outcome(status, party, " ".join(row.unread), shared.get(party or 0, ()))
