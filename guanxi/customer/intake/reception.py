"""The front door: batches of incoming customers are heard, judged and stored, and every row is answered."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from guanxi.customer.fields import custom_fields
from guanxi.customer.intake.belongings import Change, brought_by, change, changed
from guanxi.customer.intake.gate import Arriving, Decision, admitted, judged
from guanxi.customer.intake.hearing import Batch, Hearing
from guanxi.customer.intake.incoming import Incoming, Outcome, Status
from guanxi.customer.intake.reading import Read, Unreadable, read
from guanxi.customer.intake.standing import Effect, Saying, Standing
from guanxi.customer.intake.standings import standings
from guanxi.customer.intake.storing import store, tellings_for
from guanxi.customer.models import CustomField, Delivery, Source
from guanxi.customer.survivorship import CUSTOM
from guanxi.foundation import locks
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.queries import current
from guanxi.foundation.locks import Lock


@transaction.atomic
def take_in(
    *, source: Source, records: Sequence[Incoming], at: datetime, by: User | None, delivery: Delivery | None = None
) -> list[Outcome]:
    """Take a batch of customers in and answer every row, in its order. All of the batch is stored, or none of it.

    Some two dozen statements serve up to 10,000 rows. The same batch again changes nothing; two imports of one source
    take turns; an older saying never replaces a newer one. What becomes of a row that may mean a customer known already
    is the company's policy (see `gate`). What comes with a `delivery` can be taken back with it. What colleagues type
    comes in by `guanxi.customer.actions`, not here.
    """
    company = current()
    told = any(name.startswith(CUSTOM) for each in records for name in each.fields)
    customs = custom_fields() if told else []
    readings = [readable(each, company.country if company else "", customs) for each in records]
    return receive(Batch(source, at, by, delivery), readings)


@transaction.atomic
def receive(batch: Batch, readings: Sequence[Read | str]) -> list[Outcome]:
    """The same for rows already read; a text stands for a row that could not be, and says why."""
    if batch.source.key == Source.OWN:
        raise ValueError("what people type is no import")
    take_turns(batch.source)
    rows = admitted(batch.source, readings)
    hearings = _hear(batch, [each for each in rows if isinstance(each, Read)])
    _judge([each for each in hearings if each.effect in {Effect.FIRST, Effect.NEWER}])
    store(batch, [each for each in hearings if not each.standing.refused])
    heard = iter(hearings)
    return [_rejected(each) if isinstance(each, str) else _answer(next(heard)) for each in rows]


def readable(incoming: Incoming, home_country: str, customs: Sequence[CustomField]) -> Read | str:
    """The row as it can be kept, or a sentence why it cannot."""
    try:
        return read(incoming, home_country, customs)
    except Unreadable as reason:
        return str(reason)


def take_turns(source: Source) -> None:
    """Nobody else takes in or takes back what this source says until the transaction ends."""
    locks.take_turns(Lock.INTAKE, source.pk)


def _hear(batch: Batch, rows: Sequence[Read]) -> list[Hearing]:
    """Each row as it is heard after those before it."""
    named = {each.external_id for each in rows}
    known = standings(batch.source, named)
    tellings = iter(tellings_for(len(rows) - len(named - known.keys())))
    return [_heard(batch, each, known[each.external_id], tellings) for each in rows]


def _heard(batch: Batch, row: Read, standing: Standing, tellings: Iterator[int]) -> Hearing:
    telling = None if standing.current is None else next(tellings)
    effect = standing.hear(Saying(row.payload, row.fields, row.as_of, batch.at, telling))
    brought, what = brought_by(row), Change()
    if effect is not Effect.LATE:
        what = change(standing.held, brought, is_newer=effect is not Effect.SAME)
        standing.held = changed(standing.held, what)
    return Hearing(row, standing, effect, brought, what, telling)


def _judge(arriving: Sequence[Hearing]) -> None:
    """Note what is decided about each; a customer known already is never refused, nor joined to another."""
    verdicts = judged([Arriving(each.read, each.standing.party) for each in arriving])
    for heard, verdict in zip(arriving, verdicts, strict=True):
        if verdict is None:
            continue
        heard.verdict = verdict
        heard.meets = None if verdict.place is None else arriving[verdict.place].standing
        if heard.effect is Effect.FIRST and verdict.decision is Decision.REFUSE:
            heard.standing.refused = verdict.reason
        elif heard.effect is Effect.FIRST and verdict.decision is Decision.JOIN:
            heard.standing.joins = heard.meets or verdict.party


def _rejected(reason: str) -> Outcome:
    return Outcome(Status.REJECTED, reason=reason)


def _answer(heard: Hearing) -> Outcome:
    if heard.standing.refused:
        return _rejected(heard.standing.refused)
    said = " ".join(each.why for each in heard.read.unread)
    if heard.effect is Effect.FIRST and heard.standing.joins is not None:
        return Outcome(Status.JOINED, heard.party, said)
    others = heard.verdict.others if heard.verdict else ()
    if heard.meets and heard.meets.party:
        others = (*others, heard.meets.party)
    proposed = heard.verdict is not None and heard.verdict.decision is Decision.PROPOSE
    return Outcome(heard.effect.status, heard.party, said, others, proposed)
