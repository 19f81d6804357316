"""Chinese contacts of fairs, chats and spreadsheets: homophones, pinyin, 王总, short company names, shared mailboxes."""

import pytest

from guanxi.analytical.identity.levels import Level
from guanxi.analytical.identity.resolution import Resolution, resolve
from tests.truths.who_is_who import Set, chinese, judged


@pytest.fixture(scope="module")
def contacts() -> Set:
    return chinese()


@pytest.fixture(scope="module")
def found(contacts: Set) -> Resolution:
    return resolve(contacts.table, seed=1)


def test_pairs_and_clusters_are_right_to_98_in_100(contacts: Set, found: Resolution) -> None:
    pairs, clusters = judged(found, contacts.truth)
    assert pairs.f1 >= 0.98
    assert clusters.f1 >= 0.98
    assert clusters.precision >= 0.99


def test_how_many_pairs_are_one_is_found_without_labels(contacts: Set, found: Resolution) -> None:
    count = len(contacts.truth)
    sizes = [int((contacts.truth == person).sum()) for person in set(contacts.truth.tolist())]
    true = sum(size * (size - 1) for size in sizes) / (count * (count - 1))
    assert found.model.prior == pytest.approx(true, rel=0.05)


def test_every_pair_says_why(found: Resolution) -> None:
    for pair in found.pairs:
        agreeing = [line for line in pair.lines if line.weight > 0]
        assert agreeing
        assert all(line.level not in {Level.DIFFERENT, Level.MISSING} for line in agreeing)
        assert all(line.left or line.right for line in agreeing)


def test_the_same_records_give_the_same_answer(contacts: Set, found: Resolution) -> None:
    again = resolve(contacts.table, seed=1)
    assert again.clusters == found.clusters
    assert [(pair.left, pair.right) for pair in again.pairs] == [(pair.left, pair.right) for pair in found.pairs]
    assert again.model.prior == pytest.approx(found.model.prior, rel=1e-9)
