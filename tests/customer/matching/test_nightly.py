"""The nightly comparison: what it proposes, what it never does, and what it does by itself above the threshold."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from guanxi.customer.models import Identifier, MatchingModel, MatchingPolicy, Merge, Party, Proposal
from guanxi.customer.proposing import merge_surest, nightly, propose_matches
from tests.customer.incoming import SPRING, known
from tests.customer.matching.crowd import crowd

pytestmark = pytest.mark.django_db
NIGHT = SPRING + timedelta(days=1)


def compare(at: datetime = NIGHT) -> set[frozenset[str]]:
    """The names of the pairs that wait for a person."""
    propose_matches(at=at)
    waiting = Proposal.objects.filter(decided_at=None).select_related("left", "right")
    return {frozenset((each.left.name, each.right.name)) for each in waiting}


@pytest.fixture(autouse=True)
def _many(company: object) -> None:
    """Enough strangers to learn from."""
    crowd()


def twins(**more: str) -> tuple[Party, Party]:
    """One person, told twice in other spellings."""
    common = {"phone": "+8613823104471", "city": "杭州", **more}
    one = known("t1", name="单晓梅", company="杭州博远盛展览有限公司", email="mei@boyuan.example", **common)
    other = known("t2", name="SHAN Xiaomei", company="博远盛展览", **{**common, "city": "杭州市"})
    return one, other


def test_one_person_in_two_spellings_is_proposed_with_reasons() -> None:
    one, other = twins()
    Proposal.objects.all().delete()  # what the import asked
    assert frozenset((one.name, other.name)) in compare()
    proposal = Proposal.objects.get(left=one, right=other)
    levels = {line["field"]: line["level"] for line in proposal.explanation}
    assert levels["family"] == levels["given"] == "same pinyin"
    assert (levels["company"], levels["phone"], levels["city"]) == ("short form", "exact", "exact")
    assert proposal.rule == "fellegi-sunter"
    assert proposal.origin == Proposal.Origin.NIGHTLY
    assert proposal.probability > 0.5
    assert sum(line["weight"] for line in proposal.explanation) > proposal.weight  # the prior speaks against


def test_a_shared_phone_and_address_alone_propose_nobody() -> None:
    home = {"phone": "+8613823100000", "street": "西湖路 8 号", "city": "杭州", "postcode": "310000"}
    known("h1", name="王建国", **home)
    known("h2", name="李秀英", **home)
    known("h3", name="王小明", **home)
    assert not {frozenset(pair) for pair in compare() if pair & {"王建国", "李秀英", "王小明"}}


def test_persons_are_never_compared_with_organisations() -> None:
    known("p", name="Hartley Group", kind="person", email="office@hartley.example", phone="+441904555013")
    known("o", name="Hartley Group", kind="organisation", email="office@hartley.example", phone="+441904555013")
    assert not {pair for pair in compare() if "Hartley Group" in pair}


@pytest.mark.parametrize("decision", [Proposal.Decision.DISTINCT, Proposal.Decision.HOUSEHOLD])
def test_two_told_apart_are_never_proposed_again_whatever_their_records(decision: str) -> None:
    one, other = twins()
    compare()
    Proposal.objects.filter(left=one, right=other).update(decision=decision, decided_at=NIGHT)
    known("t2", name="单晓梅", email="mei@boyuan.example", phone="+8613823104471")
    again = compare(NIGHT + timedelta(days=1))
    assert not {pair for pair in again if one.name in pair}


def test_what_was_proposed_is_proposed_once_and_goes_when_nothing_speaks_for_it() -> None:
    one, other = twins()
    Proposal.objects.all().delete()  # what the import asked
    compare()
    first = Proposal.objects.get(left=one, right=other)
    compare(NIGHT + timedelta(days=1))
    assert Proposal.objects.get(left=one, right=other).pk == first.pk
    other.source_records.update(fields={"name": "Somebody Else", "kind": "person"})
    Identifier.objects.filter(party=other).delete()
    compare(NIGHT + timedelta(days=2))
    assert not Proposal.objects.filter(left=one, right=other).exists()


def test_what_the_import_asked_stays_one_question_and_is_told_with_all_the_evidence() -> None:
    one, other = twins()
    asked = Proposal.objects.get(left=one, right=other)
    assert asked.rule == "same-phone"
    compare()
    told = Proposal.objects.get(left=one, right=other)
    assert (told.pk, told.origin, told.rule) == (asked.pk, Proposal.Origin.IMPORT, "fellegi-sunter")
    assert {"family", "given", "company"} <= {line["field"] for line in told.explanation}


def test_what_was_learnt_is_named_numbers_and_lasts_a_week() -> None:
    compare()
    kept = MatchingModel.objects.get(kind=Party.Kind.PERSON)
    assert 0 < kept.numbers["prior"] < 0.01
    assert all(0 <= m <= 1 for steps in kept.numbers["chances"].values() for m, _ in steps)
    compare(NIGHT + timedelta(days=6))
    assert MatchingModel.objects.filter(kind=Party.Kind.PERSON).count() == 1
    compare(NIGHT + timedelta(days=8))
    assert MatchingModel.objects.filter(kind=Party.Kind.PERSON).count() == 2


def automatic(threshold: float | None = 0.9) -> int:
    MatchingPolicy.objects.update_or_create(pk=1, defaults={"automatic_from": threshold})
    propose_matches(at=NIGHT)
    return merge_surest(at=NIGHT)


def merged(one: Party, other: Party) -> bool:
    return Merge.objects.filter(absorbed__in=[one, other], survivor__in=[one, other]).exists()


def test_nothing_is_merged_by_itself_before_the_administrator_says_so() -> None:
    twins(card="88001")
    assert automatic(None) == 0
    assert not Merge.objects.exists()


def test_above_the_threshold_a_merge_is_nobodys_and_keeps_its_reasons() -> None:
    one, other = twins(card="88001")
    assert automatic() >= 1
    merge = Merge.objects.get(absorbed=other, survivor=one)
    assert merge.by is None
    assert merge.evidence == merge.proposal.explanation
    assert (merge.proposal.decision, merge.proposal.decided_by) == (Proposal.Decision.MERGED, None)


def test_two_verified_identities_are_never_merged_by_figures() -> None:
    one, other = twins(card="88001")
    Identifier.objects.filter(party__in=[one, other], kind="phone").update(verified_at=NIGHT)
    automatic()
    assert not merged(one, other)


def test_numbers_that_contradict_keep_two_apart() -> None:
    one, other = twins()
    for party, value in ((one, "wx-1"), (other, "wx-2")):
        record = party.source_records.get()
        Identifier.objects.create(source_record=record, party=party, kind="wecom", value=value, raw=value)
    automatic()
    assert not merged(one, other)


@pytest.mark.parametrize("dies", [True, False])
def test_nothing_is_left_of_what_did_not_fit_into_memory(
    dies: bool, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.GUANXI_HOME = tmp_path
    (tmp_path / nightly.SPILL).mkdir()
    (tmp_path / nightly.SPILL / "of a killed night").write_text("单晓梅")
    whole, found = nightly.resolve, []

    def spilling(*given: Any, spill: Path, **named: Any) -> Any:
        found.append((spill, list(spill.iterdir())))
        (spill / "names").write_text("单晓梅")
        if dies:
            raise MemoryError
        return whole(*given, spill=spill, **named)

    monkeypatch.setattr(nightly, "resolve", spilling)
    twins()
    with pytest.raises(MemoryError) if dies else nullcontext():
        propose_matches(at=NIGHT)
    assert found[0] == (tmp_path / nightly.SPILL, [])
    assert list(tmp_path.iterdir()) == []
