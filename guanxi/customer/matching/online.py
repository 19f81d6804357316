"""The check at the door: whom do these rows mean? A few statements for up to ten thousand rows."""

from collections.abc import Iterable, Sequence, Set

from guanxi.customer.matching.candidates import Candidate
from guanxi.customer.matching.judging import judge
from guanxi.customer.matching.likeness import Likeness
from guanxi.customer.matching.suspects import Suspect, by_identifier, by_name, by_resemblance, described

FEW = 20  # so many candidates are compared with similar names too; a file is not


def alike(candidates: Sequence[Candidate], common: Set[str] = frozenset()) -> list[list[Likeness]]:
    """For each candidate, in their order, the living customers whom it may mean, the likeliest first.

    Exact identifiers and equal names with something else in common are looked for always, names that merely resemble
    only for a few candidates. `common` are names (`common_names`) that tell nothing with a city alone. It knows nothing
    of who may see whom: whoever shows an answer asks `access`.
    """
    suspects: dict[tuple[int, int], Suspect] = {}
    for found in _searches(candidates, common):
        for each in found:
            if each.party != candidates[each.candidate].party:
                suspects.setdefault((each.candidate, each.party), each).identifiers.update(each.identifiers)
    known = described({party for _, party in suspects})
    answers: list[list[Likeness]] = [[] for _ in candidates]
    for (asked, party), suspect in suspects.items():
        likeness = judge(candidates[asked], suspect, known[party]) if party in known else None
        if likeness:
            answers[asked].append(likeness)
    return [sorted(each, key=lambda one: (-one.weight, one.party)) for each in answers]


def _searches(candidates: Sequence[Candidate], common: Set[str]) -> Iterable[Iterable[Suspect]]:
    yield by_identifier(candidates)
    yield by_name(candidates, common)
    if len(candidates) <= FEW:
        yield by_resemblance(candidates)
