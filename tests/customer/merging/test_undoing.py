"""Any sequence of merges and undos followed by undoing all restores what there would be without them, exactly."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.models import Merge, Party
from guanxi.foundation.accounts.models import User
from tests.customer.merging.worlds import VERBS, Step, World, dump, lived, passing, standing
from tests.world import NOW

pytestmark = pytest.mark.django_db
PARTIES = 5
FEW = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
who = st.integers(0, PARTIES - 1)
# Merging and undoing are half of what happens.
verbs = st.sampled_from([*VERBS, *["merge"] * 5, *["undo"] * 3])
histories = st.lists(st.tuples(verbs, who, who), min_size=4, max_size=16)


def undone_is_as_if_never_merged(by: User, history: list[Step]) -> int:
    """Live the history twice, with merging and without; returns how many merges there were."""
    with passing():
        lived(by, PARTIES, history, merging=True)
        merges = Merge.objects.count()
        found = dump()
    with passing():
        lived(by, PARTIES, history, merging=False)
        assert found == dump()
    return merges


@FEW
@given(history=histories)
def test_undoing_all_restores_exactly(alice: User, history: list[Step]) -> None:
    undone_is_as_if_never_merged(alice, history)


@FEW
@given(
    history=st.lists(st.tuples(st.sampled_from(["merge", "merge", "undo", "note"]), who, who), min_size=4, max_size=14),
    seed=st.integers(),
)
def test_the_state_depends_on_the_standing_merges_alone(alice: User, history: list[Step], seed: int) -> None:
    """However these merges came to stand, merging the same pairs in another order gives the same."""
    with passing():
        world = World(alice, PARTIES).begin()
        for step in history:
            world.do(*step)
        found = standing()
        pairs = list(Merge.objects.filter(undone_at=None).values_list("absorbed", "survivor"))
        for merge in Merge.objects.filter(undone_at=None).order_by("-pk"):
            undo_merge(merge=merge, by=alice, at=NOW)
        _merge_in_another_order(pairs, random.Random(seed), alice)
        assert standing() == found


def _merge_in_another_order(pairs: list[tuple[int, int]], chance: random.Random, by: User) -> None:
    """Whoever is absorbed absorbs first: any order that respects it will do."""
    left = list(pairs)
    while left:
        pair = chance.choice([each for each in left if each[0] not in {survivor for _, survivor in left}])
        left.remove(pair)
        absorbed, survivor = (Party.objects.get(pk=pk) for pk in pair)
        merge_parties(absorbed=absorbed, survivor=survivor, by=by, at=NOW)


@pytest.mark.prove
def test_two_thousand_random_histories_are_undone_exactly(
    alice: User, record_property: Callable[[str, object], None]
) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=2000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(history=histories)
    def prove(history: list[Step]) -> None:
        seen["merges"] += undone_is_as_if_never_merged(alice, history)
        seen["histories"] += 1
        seen.update(verb for verb, _, _ in history)

    prove()
    for figure, number in sorted(seen.items()):
        record_property(figure, number)
    assert seen["histories"] >= 2000
