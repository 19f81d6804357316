"""The review of likely duplicates, by those who may and those who may not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guanxi.customer.actions import write_note
from guanxi.customer.merging import merge_parties
from guanxi.customer.models import DuplicatePolicy, Merge, Party, Proposal, Relationship
from guanxi.customer.queries.proposals import open_proposals
from guanxi.customer.reviewing import decide, undo_decision
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
EVIDENCE = [
    {"field": "name", "level": "one letter differs", "left": "Mei Jones", "right": "Mei Jonas", "weight": 5.0},
    {"field": "phone", "level": "exact", "left": "+442079460018", "right": "+442079460018", "weight": 12.0},
    {"field": "city", "level": "different", "left": "Leeds", "right": "York", "weight": -1.0},
]


@pytest.fixture(autouse=True)
def _no_other_proposals(db: None) -> None:
    """What comes in below is not sent to review by itself."""
    DuplicatePolicy.objects.create(entry="import", same="warn", named="warn", similar="warn")


def proposed(left: Party, right: Party, probability: float = 0.9, **more: str) -> Proposal:
    records = sorted((each.source_records.order_by("pk")[0] for each in (left, right)), key=lambda each: each.pk)
    return Proposal.objects.create(
        left_record=records[0], right_record=records[1], left=records[0].party, right=records[1].party,
        probability=probability, weight=7.0, explanation=EVIDENCE, proposed_at=NOW,
        **{"origin": "nightly", "rule": "same-phone", **more},
    )  # fmt: skip


@pytest.fixture
def mei(alice: User) -> Party:
    return known("C-1", name="Mei Jones", phone="+442079460018", city="Leeds", owner=alice)


@pytest.fixture
def twin(alice: User) -> Party:
    return known("C-2", name="Mei Jonas", phone="+442079460018", city="York", owner=alice)


@pytest.fixture
def proposal(mei: Party, twin: Party) -> Proposal:
    return proposed(mei, twin)


def answer(client: Client, proposal: Proposal, decision: str, **more: object) -> int:
    place = reverse("customer:proposal-decision", args=[proposal.pk])
    return client.post(place, {"decision": decision, **more}).status_code


def test_both_stand_side_by_side_with_why_and_what_would_move(proposal: Proposal, alice: User) -> None:
    page = logged_in(alice).get(reverse("customer:proposals")).content.decode()

    assert "Mei Jones and Mei Jonas" in page
    assert "one letter differs (“Mei Jones” and “Mei Jonas”)" in page
    assert "the same (+44 20 7946 0018)" in page
    assert "speaks against it" in page
    assert "Till, since" in page
    for key in "mdhsj?"[:4]:
        assert f'data-key="{key}"' in page


@pytest.mark.parametrize(("decision", "kept"), [("merged", 1), ("distinct", 2), ("household", 3)])
def test_each_decision_is_done_and_undone(proposal: Proposal, alice: User, decision: str, kept: int) -> None:
    client = logged_in(alice)
    assert answer(client, proposal, decision) == 302
    assert Party.objects.count() == kept
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == (decision, alice)
    assert not open_proposals(alice).exists()

    client.post(reverse("customer:decision-undo"))

    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_at, proposal.decided_by) == ("", None, None)
    assert Party.objects.count() == 2
    assert not Relationship.objects.exists()
    assert open_proposals(alice).get() == proposal


def test_the_survivor_can_be_swapped(proposal: Proposal, mei: Party, twin: Party, alice: User) -> None:
    assert answer(logged_in(alice), proposal, "merged", survivor=twin.pk) == 302
    merge = Merge.objects.get()
    assert (merge.absorbed, merge.survivor, merge.by, merge.evidence) == (mei, twin, alice, EVIDENCE)


def test_a_survivor_from_elsewhere_is_not_one_of_the_two(proposal: Proposal, mei: Party, alice: User) -> None:
    stranger = known("C-3", owner=alice)
    answer(logged_in(alice), proposal, "merged", survivor=stranger.pk)
    assert Merge.objects.get().survivor == mei


def test_only_pairs_of_which_both_are_ones_own_can_be_decided(mei: Party, alice: User, bob: User, carol: User) -> None:
    foreign = known("C-9", name="Mei Jones", owner=carol)
    pair = proposed(mei, foreign)
    for colleague, status in ((alice, 404), (bob, 404), (carol, 404)):
        assert answer(logged_in(colleague), pair, "merged") == status
        assert logged_in(colleague).get(reverse("customer:proposal", args=[pair.pk])).status_code == status
        assert "Mei" not in logged_in(colleague).get(reverse("customer:proposals")).content.decode()


def test_who_has_no_grant_finds_no_review(proposal: Proposal, max_: User, mallory: User) -> None:
    for stranger in (max_, mallory):
        assert logged_in(stranger).get(reverse("customer:proposals")).status_code == 404
        assert answer(logged_in(stranger), proposal, "distinct") == 404
    proposal.refresh_from_db()
    assert proposal.decision == ""


def test_what_one_pair_of_records_settles_settles_the_two_customers(
    proposal: Proposal, mei: Party, twin: Party, sue: User
) -> None:
    absorbed = known("C-7", name="M. Jones")
    proposed(absorbed, twin)
    merge_parties(absorbed=absorbed, survivor=mei, by=sue, at=NOW)
    entry = decide(proposal=proposal, decision="distinct", by=sue, at=NOW)
    assert set(Proposal.objects.values_list("decision", flat=True)) == {"distinct"}

    undo_decision(entry=entry, by=sue, at=NOW + timedelta(minutes=1))
    assert set(Proposal.objects.values_list("decision", flat=True)) == {""}
    with pytest.raises(UserError):
        undo_decision(entry=entry, by=sue, at=NOW)


def test_a_settled_pair_is_not_settled_again(proposal: Proposal, sue: User) -> None:
    decide(proposal=proposal, decision="distinct", by=sue, at=NOW)
    with pytest.raises(UserError):
        decide(proposal=proposal, decision="distinct", by=sue, at=NOW)


def test_what_was_told_apart_stays_apart_whoever_proposes_it_again(
    proposal: Proposal, mei: Party, twin: Party, sue: User
) -> None:
    decide(proposal=proposal, decision="distinct", by=sue, at=NOW)
    absorbed = known("C-7", name="M. Jones")
    proposed(absorbed, twin, 0.99)
    merge_parties(absorbed=absorbed, survivor=mei, by=sue, at=NOW)
    assert not open_proposals(sue).exists()


def test_an_undone_merge_says_they_are_two_but_an_undone_decision_says_nothing(proposal: Proposal, sue: User) -> None:
    entry = decide(proposal=proposal, decision="merged", survivor=proposal.left, by=sue, at=NOW)
    undo_decision(entry=entry, by=sue, at=NOW)
    proposal.refresh_from_db()
    assert proposal.decision == ""
    assert Merge.objects.get().undone_by == sue


def test_the_next_pair_arrives_at_once_with_an_undo(mei: Party, twin: Party, alice: User) -> None:
    first = proposed(mei, twin, 0.99)
    second = proposed(mei, known("C-4", name="Mei Jons", owner=alice), 0.7)
    headers = {"HX-Request": "true", "HX-Target": "review"}
    place = reverse("customer:proposal-decision", args=[first.pk])
    response = logged_in(alice).post(place, {"decision": "distinct"}, headers=headers)
    assert response.content.decode().lstrip().startswith('<div id="review"')
    assert "Mei Jons" in response.content.decode()
    assert "1 of 2 decided today" in response.content.decode()
    assert "/proposals/undo/" in response["HX-Trigger"]
    assert response["HX-Push-Url"].endswith(f"/proposals/{second.pk}/")


def test_one_walks_the_queue_from_the_likeliest_on(mei: Party, alice: User) -> None:
    chances = [0.5, 0.9, 0.9, 0.7]
    made = [proposed(mei, known(f"D-{n}", owner=alice), chance) for n, chance in enumerate(chances)]
    wanted = sorted(made, key=lambda each: (-each.probability, -each.pk))
    client, seen, place = logged_in(alice), [], reverse("customer:proposals")
    while place:
        context = client.get(place).context
        seen.append(context["proposal"])
        place = context["next"]
    assert seen == wanted
    assert (
        client.get(reverse("customer:proposal", args=[wanted[1].pk]))
        .context["previous"]
        .endswith(f"/proposals/{wanted[0].pk}/")
    )


def test_the_queue_is_narrowed_by_origin_and_rule(proposal: Proposal, mei: Party, alice: User) -> None:
    typed = proposed(mei, known("C-4", owner=alice), 0.5, origin="entry", rule="similar-name")
    client = logged_in(alice)
    assert client.get(reverse("customer:proposals"), {"origin": "entry"}).context["proposal"] == typed
    assert client.get(reverse("customer:proposals"), {"rule": "same-phone"}).context["proposal"] == proposal
    assert client.get(reverse("customer:proposals"), {"rule": "nonsense"}).status_code == 200


def test_the_page_asks_no_more_often_the_more_is_known(mei: Party, twin: Party, alice: User) -> None:
    proposed(mei, twin)
    client, place = logged_in(alice), reverse("customer:proposals")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(place).status_code == 200
        return len(asked)

    client.get(place)
    of_one = queries()
    for n in range(8):
        proposed(mei, known(f"D-{n}", owner=alice), 0.1)
        write_note(party=twin, text=f"note {n}", by=alice, at=NOW)
    assert queries() <= of_one + 1  # one more follows


def test_the_customer_page_names_whom_it_may_be_to_who_may_decide(
    proposal: Proposal, mei: Party, alice: User, bob: User, carol: User
) -> None:
    place = reverse("customer:resembling", args=[mei.pk])
    for headers in ({}, {"HX-Request": "true"}):
        assert "Mei Jonas" in logged_in(alice).get(place, headers=headers).content.decode()
        assert "Mei Jonas" not in logged_in(bob).get(place, headers=headers).content.decode()
    assert logged_in(carol).get(place).status_code == 404


def test_what_the_threshold_merged_is_listed_and_undone(proposal: Proposal, mei: Party, twin: Party, sue: User) -> None:
    Proposal.objects.update(decision="merged", decided_at=NOW)
    merge = merge_parties(
        absorbed=twin, survivor=mei, by=None, at=NOW, proposal=proposal, evidence=proposal.explanation
    )
    client = logged_in(sue)
    assert "Mei Jonas" in client.get(reverse("customer:automatic-merges")).content.decode()
    client.post(reverse("customer:automatic-undo", args=[merge.pk]))
    assert Party.objects.count() == 2
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == ("distinct", sue)
    assert not client.get(reverse("customer:automatic-merges")).context["merges"]


def test_a_persons_merge_is_none_of_the_thresholds(mei: Party, twin: Party, sue: User) -> None:
    merge = merge_parties(absorbed=twin, survivor=mei, by=sue, at=NOW)
    assert logged_in(sue).post(reverse("customer:automatic-undo", args=[merge.pk])).status_code == 404
