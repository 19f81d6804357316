import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from guanxi.analytical.identity.explaining import Pair
from guanxi.analytical.identity.model import Model
from guanxi.analytical.identity.resolution import Resolution, resolve
from guanxi.customer.models import MatchingModel, Party, Proposal
from guanxi.customer.models.merge import told_apart
from guanxi.customer.proposing.reading import Said, said_of
from guanxi.customer.proposing.rules import levels_of, may_be_one

RULE = "fellegi-sunter"
SEED = 20260
SPILL = "matching-spill"  # a folder below GUANXI_HOME
LASTS = timedelta(days=7)  # what was learnt is used so long: the same pair is not judged otherwise every night
FEWEST = 2
FIGURES = ["rule", "version", "probability", "weight", "explanation"]
KINDS = (Party.Kind.PERSON, Party.Kind.ORGANISATION)

Couple = frozenset[int]


def propose_matches(*, at: datetime) -> int:
    """Compare all living customers and put what may be one before a person; answers how many pairs wait from tonight.

    Pairs that a person decided about are left alone, whatever records the two have; nightly proposals that nobody has
    looked at and that tonight's comparison no longer holds up go. Persons are never compared with organisations.
    """
    return sum(_propose(kind, at) for kind in KINDS)


def _propose(kind: Party.Kind, at: datetime) -> int:
    said = said_of(kind)
    if said.table.num_rows < FEWEST:
        return 0
    decided = told_apart()
    with _spill() as spill:
        found = resolve(said.table, seed=SEED, model=_known_model(kind, at), apart=_apart(decided, said), spill=spill)
    _keep_model(kind, found, said.table.num_rows, at)
    best = _best_pairs((pair for pair in found.pairs if may_be_one(levels_of(pair), kind)), said)
    return _write(kind, {couple: pair for couple, pair in best.items() if couple not in decided}, said, at)


@contextmanager
def _spill() -> Iterator[Path]:
    """For what does not fit into memory. Nothing is left of it, nor of a killed night: it names everybody."""
    folder = Path(settings.GUANXI_HOME) / SPILL
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _apart(decided: set[Couple], said: Said) -> set[tuple[int, int]]:
    """The same for all their records."""
    parties = set().union(*decided)
    records: dict[int, list[int]] = {}
    for record, party in said.holders.items():
        if party in parties:
            records.setdefault(party, []).append(record)
    pairs = (sorted(couple) for couple in decided if len(couple) == len(records.keys() & couple) == FEWEST)
    return {
        (min(one, other), max(one, other)) for left, right in pairs for one in records[left] for other in records[right]
    }


def _known_model(kind: Party.Kind, at: datetime) -> Model | None:
    latest = MatchingModel.objects.filter(kind=kind, as_of__gt=at - LASTS).order_by("-as_of").first()
    return Model.from_dict(latest.numbers) if latest else None


def _keep_model(kind: Party.Kind, found: Resolution, records: int, at: datetime) -> None:
    if found.is_learnt:
        MatchingModel.objects.create(kind=kind, as_of=at, records=records, numbers=found.model.as_dict())


def _best_pairs(pairs: Iterable[Pair], said: Said) -> dict[Couple, Pair]:
    """Of all pairs of records between two customers the weightiest; pairs come weightiest first."""
    best: dict[Couple, Pair] = {}
    for pair in pairs:
        couple = frozenset((said.holders[pair.left], said.holders[pair.right]))
        if len(couple) > 1:
            best.setdefault(couple, pair)
    return best


@transaction.atomic
def _write(kind: Party.Kind, best: dict[Couple, Pair], said: Said, at: datetime) -> int:
    waiting = Proposal.objects.select_for_update(of=("self",)).filter(decided_at=None, left__kind=kind)
    known = {frozenset((each.left_id, each.right_id)): each for each in waiting}
    gone = [each.pk for couple, each in known.items() if _is_mine(each) and couple not in best]
    Proposal.objects.filter(pk__in=gone).delete()
    again = [_told_again(known[couple], pair, said, at) for couple, pair in best.items() if couple in known]
    Proposal.objects.bulk_update(again, FIGURES, batch_size=1000)
    fresh = [_proposal(pair, said, at) for couple, pair in best.items() if couple not in known]
    Proposal.objects.bulk_create(fresh, batch_size=2000, ignore_conflicts=True)
    return len(best)


def _is_mine(proposal: Proposal) -> bool:
    return proposal.rule == RULE and proposal.origin == Proposal.Origin.NIGHTLY


def _told_again(proposal: Proposal, pair: Pair, said: Said, at: datetime) -> Proposal:
    """One question stays one question: what the door asked is told with all the evidence there is now."""
    proposal.rule, proposal.version = RULE, _version(at)
    proposal.probability, proposal.weight = pair.probability, pair.weight
    proposal.explanation = _explanation(pair, is_turned=said.holders[pair.left] != proposal.left_id)
    return proposal


def _proposal(pair: Pair, said: Said, at: datetime) -> Proposal:
    return Proposal(
        left_record_id=pair.left,
        right_record_id=pair.right,
        left_id=said.holders[pair.left],
        right_id=said.holders[pair.right],
        origin=Proposal.Origin.NIGHTLY,
        rule=RULE,
        version=_version(at),
        probability=pair.probability,
        weight=pair.weight,
        explanation=_explanation(pair),
        proposed_at=at,
    )


def _explanation(pair: Pair, *, is_turned: bool = False) -> list[dict[str, object]]:
    return [
        {
            "field": line.field,
            "level": line.level.value,
            "left": line.right if is_turned else line.left,
            "right": line.left if is_turned else line.right,
            "weight": line.weight,
        }
        for line in pair.lines
        if line.left or line.right
    ]


def _version(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"
