"""The life of one source record told again without what one delivery said. Pure; `restoring` reads and writes it.

The present is first wound back, telling by telling, to what each of them found. Then those that remain are heard anew,
by the very rule by which sayings are heard, so that the record becomes what it would be. Rows that are the same in both
lives stay the same rows: an identifier that was displaced comes back with its id, its spelling and its verification.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from guanxi.customer.intake.belongings import ANSWER, Belonging, Change, Held, Key, change, changed, digest
from guanxi.customer.intake.standing import Effect, Saying, Standing


@dataclass(frozen=True)
class Told:
    """A telling as it was noted. `added` gives the id of each row that it added."""

    pk: int
    delivery: int | None
    heard_at: datetime
    as_of: datetime
    by: int | None
    words: str
    brought: Held
    owner: int | None
    created_at: datetime | None
    effect: Effect
    added: Mapping[Key, int]
    displaced: Held
    gave_owner: bool


@dataclass
class Life:
    """A source record from its first saying on: `standing` and `held` as they are now, `tellings` in order."""

    record: int
    party: int
    delivery: int | None
    standing: Standing
    held: Held
    tellings: Sequence[Told]


@dataclass
class Retold:
    """What a record becomes. `first` is the telling that it begins with now, if its first saying is gone.

    `changes` holds what each telling that remains a telling does now; `rows` are all rows that it should have, with the
    telling that adds them, also answers that others replace; `gone` are ids by key of rows that the delivery had made.
    """

    standing: Standing
    held: Held
    first: Told | None
    changes: list[tuple[Told, Effect, Change]] = field(default_factory=list)
    rows: list[tuple[Key, Belonging, Told | None]] = field(default_factory=list)
    gone: list[tuple[Key, int]] = field(default_factory=list)


def retold(life: Life, delivery: int) -> Retold | None:
    """The life without this delivery; None when nothing of it remains."""
    found = list(_found(life))  # what each telling found, then what is held now
    remaining = [(place, each) for place, each in enumerate(life.tellings) if each.delivery != delivery]
    is_first_gone = life.delivery == delivery
    if is_first_gone and not remaining:
        return None
    words = _words(life.standing)
    new = Retold(Standing(life.record, life.party), {}, remaining[0][1] if is_first_gone else None)
    new.gone = [(key, pk) for each in life.tellings if each.delivery == delivery for key, pk in each.added.items()]
    if is_first_gone:
        new.gone += [(key, int(row["id"])) for key, row in found[0].items()]
    else:
        new.standing.hear(_first(life.standing))
        _hold(new, Change(added=found[0]), None)
    for place, told in remaining:
        _hear(new, told, words[told.words], found[place + 1])
    return new


def _hear(new: Retold, told: Told, words: Saying, real: Held) -> None:
    """`real` is what was held after this telling in the life that was."""
    telling = None if told is new.first else told.pk
    effect = new.standing.hear(
        replace(words, as_of=told.as_of, received_at=told.heard_at, telling=telling, superseded_at=None)
    )
    what = Change()
    if effect is not Effect.LATE:
        brought = {key: row for key, row in told.brought.items() if told.effect is Effect.LATE or key in real}
        what = change(new.held, brought, is_newer=effect is not Effect.SAME)
        what = Change({key: _row(key, row, told, real) for key, row in what.added.items()}, what.displaced)
    _hold(new, what, told)
    if told is not new.first:
        new.changes.append((told, effect, what))


def _row(key: Key, said: Belonging, told: Told, real: Held) -> Belonging:
    """The row of the life that was, as this telling says it: unchanged where this telling made it.

    An answer is not passed on: whose words it was is its proof.
    """
    known = real.get(key)
    if known is None or (key[0] == ANSWER and told.added.get(key) != known["id"]):
        return dict(said)
    return dict(known) if told.added.get(key) == known["id"] else {**known, **said}


def _hold(new: Retold, what: Change, told: Told | None) -> None:
    new.held = changed(new.held, what)
    new.rows += [(key, row, told) for key, row in what.added.items()]


def _found(life: Life) -> Iterator[Held]:
    """What each telling found when it came, in order, and at last what is held now."""
    held, backwards = life.held, [life.held]
    for told in reversed(life.tellings):
        kept = {key: row for key, row in held.items() if told.added.get(key) != row["id"]}
        held = {**told.displaced, **kept}
        backwards.append(held)
    return reversed(backwards)


def _words(standing: Standing) -> dict[str, Saying]:
    sayings = [*standing.earlier, *([standing.current] if standing.current else [])]
    return {digest(each.payload, each.fields): each for each in sayings}


def _first(standing: Standing) -> Saying:
    sayings = [*standing.earlier, *([standing.current] if standing.current else [])]
    return next(replace(each, superseded_at=None) for each in sayings if each.telling is None)
