"""Segments as one of the things the customer list can be asked for."""

import pytest
from django.urls import reverse

from guanxi.customer.actions import tag
from guanxi.customer.fields.defining import retire_field
from guanxi.customer.filters import BadCondition, customers_meeting, read_conditions
from guanxi.customer.filters.conditions import MOST
from guanxi.customer.models import CustomField, Party, SavedView
from guanxi.foundation.access.models import Grant, Role
from guanxi.foundation.accounts.models import User
from guanxi.insight.asking import MOST_SEGMENTS
from guanxi.insight.models import Segment
from tests.customer.fields.defined import defined
from tests.customer.incoming import known
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db
LIST = reverse("customer:customers")


@pytest.fixture
def mei(alice: User) -> Party:
    mei = known("C-1", name="Mei Jones", city="Leeds", owner=alice)
    tag(parties=[mei.pk], name="VIP", by=alice, at=NOW)
    tag(parties=[mei.pk], name="Lanterns", by=alice, at=NOW)
    known("C-2", name="Otto Kern", city="York", owner=alice)
    known("C-3", name="Ida Brook", city="Hull", owner=alice)
    return mei


def segment(name: str, *conditions: object) -> Segment:
    return Segment.objects.create(name=name, conditions=list(conditions), made_at=NOW)


def met(*conditions: object) -> list[str]:
    found = customers_meeting(read_conditions(list(conditions)), Party.objects.all(), NOW)
    return sorted(found.values_list("name", flat=True))


def test_the_list_shows_members_of_a_segment_and_says_its_name(mei: Party, alice: User) -> None:
    kept = segment("Lanterns in Leeds", ["city", "is", "Leeds"])
    page = logged_in(alice).get(f"{LIST}?where=segment:in:{kept.pk}").content.decode()
    assert "in the segment" in page
    assert "Lanterns in Leeds" in page
    assert "Mei Jones" in page
    assert "Otto Kern" not in page


def test_a_member_meets_all_conditions_of_any_of_the_segments(mei: Party) -> None:
    both = segment("Both", ["tag", "in", ["VIP"]], ["tag", "in", ["Lanterns"]])
    york = segment("York", {"any": [["city", "is", "York"], ["city", "is", "Bath"]]})
    everybody = segment("Everybody")
    asked = ["segment", "in", [str(both.pk), str(york.pk)]]
    assert met(asked) == ["Mei Jones", "Otto Kern"]
    assert met({"not": asked}) == ["Ida Brook"]
    assert met(asked, ["city", "is", "York"]) == ["Otto Kern"]
    assert len(met(["segment", "in", [str(everybody.pk)]])) == 3


@pytest.mark.parametrize("value", ["999", "x", ""])
def test_a_segment_that_is_gone_is_said_and_not_passed_over(value: str, mei: Party, alice: User) -> None:
    with pytest.raises(BadCondition):
        met(["segment", "in", [value]])
    page = logged_in(alice).get(f"{LIST}?where=segment:in:{value}")
    assert page.status_code == 200
    assert "no longer there" in page.content.decode() or not value


def test_a_segment_cannot_ask_for_segments_not_even_in_a_group(mei: Party, max_: User) -> None:
    kept = segment("York", ["city", "is", "York"])
    client, new = logged_in(max_), reverse("insight:new-segment")
    for where in (f"segment:in:{kept.pk}", f"any:segment%3Ain%3A{kept.pk};city%3Ais%3AHull"):
        refused = client.post(f"{new}?where={where}", {"name": "Of segments"})
        assert refused.status_code == 422
        assert "cannot ask for segments" in refused.content.decode()
    assert not Segment.objects.filter(name="Of segments").exists()


@pytest.fixture
def broken(mei: Party, ada: User) -> Segment:
    """A segment that asks for a field which was retired since."""
    route = defined("Route", CustomField.Kind.TEXT)
    kept = segment("Northern route", [f"custom.{route.key}", "is", "North"])
    retire_field(field=route, by=ada, at=NOW)
    return kept


@pytest.mark.parametrize(
    "address", [LIST, reverse("customer:counted"), reverse("insight:preview"), reverse("transfer:new-export")]
)
def test_a_segment_that_asks_for_a_retired_field_is_answered_with_a_sentence(
    address: str, broken: Segment, ada: User
) -> None:
    page = logged_in(ada).get(f"{address}?where=segment:in:{broken.pk}")
    assert page.status_code == (422 if "export" in address else 200)
    assert "cannot be asked for" in page.content.decode() or address == reverse("customer:counted")


def test_a_default_view_by_such_a_segment_leaves_the_whole_list(broken: Segment, ada: User) -> None:
    asked = [["segment", "in", [str(broken.pk)]]]
    SavedView.objects.create(name="North", owner=ada, conditions=asked, is_default=True)
    page = logged_in(ada).get(LIST)
    assert page.status_code == 200
    assert "cannot be asked for" in page.content.decode()
    assert "Mei Jones" in page.content.decode()


LEEDS = ["city", "is", "Leeds"]


def of(*segments: Segment) -> str:
    return "segment:in:" + "|".join(str(each.pk) for each in segments)


def test_a_question_asks_for_at_most_a_few_segments(mei: Party, alice: User) -> None:
    kept = [segment(f"Leeds {n}", LEEDS) for n in range(MOST_SEGMENTS + 1)]
    page = logged_in(alice).get(f"{LIST}?where={of(*kept)}").content.decode()
    assert f"Choose at most {MOST_SEGMENTS} for “Segment”" in page
    page = logged_in(alice).get(f"{LIST}?where={of(*kept[1:])}").content.decode()
    assert "Choose at most" not in page
    assert "Otto Kern" not in page


def test_the_conditions_of_the_segments_count_as_conditions_of_the_question(mei: Party, alice: User) -> None:
    half, group = segment("Half", *[LEEDS] * (MOST // 2)), segment("Group", {"any": [LEEDS] * (MOST // 2)})
    assert met(["segment", "in", [str(half.pk), str(group.pk)]]) == ["Mei Jones"]
    asked = [f"where={of(half, group)}", "where=city:is:Leeds"]
    page = logged_in(alice).get(f"{LIST}?{'&'.join(asked)}").content.decode()
    assert f"at most {MOST} conditions, those of its segments included" in page
    branches = "any:" + ";".join(f"segment%3Ain%3A{half.pk}" for _ in range(3))
    page = logged_in(alice).get(f"{LIST}?where={branches}").content.decode()
    assert f"at most {MOST} conditions" in page


def test_segments_that_ask_for_each_other_are_answered_with_a_sentence(mei: Party, alice: User) -> None:
    one, other = segment("One"), segment("Other")
    for each, asked in ((one, other), (other, one)):
        each.conditions = [{"any": [LEEDS, {"not": ["segment", "in", [str(asked.pk)]]}]}]
        each.save()
    page = logged_in(alice).get(f"{LIST}?where={of(one)}")
    assert page.status_code == 200
    assert "asks for segments itself" in page.content.decode()
    assert logged_in(alice).get(reverse("insight:segment", args=[one.pk])).status_code == 200


@pytest.fixture
def amy(alice: User) -> User:
    """A colleague who sees all customers and may take them out, but was never granted to see segments."""
    role = Role.objects.create(key="clerk", name="Clerk")
    for verb in ("customer.read", "customer.write", "customer.export"):
        Grant.objects.create(role=role, verb=verb, reach="all")
    alice.role = role
    alice.save()
    return alice


@pytest.mark.parametrize("address", [LIST, reverse("customer:counted"), reverse("transfer:new-export")])
def test_who_may_not_see_segments_cannot_ask_for_their_members(address: str, mei: Party, amy: User, max_: User) -> None:
    kept = segment("Secret rebels", LEEDS)
    SavedView.objects.create(name="Shared", owner=max_, conditions=[["segment", "in", [str(kept.pk)]]], is_shared=True)
    view = SavedView.objects.get().pk
    for asked in (f"where={of(kept)}", f"where=!{of(kept)}", f"where=any:segment%3Ain%3A{kept.pk}", f"view={view}"):
        page = logged_in(amy).get(f"{address}?{asked}")
        assert "Secret rebels" not in page.content.decode()
        assert "cannot be asked for" in page.content.decode() or address == reverse("customer:counted")
    assert "Secret rebels" not in logged_in(amy).get(f"{LIST}?add=segment").content.decode()


def test_who_may_not_see_segments_cannot_change_their_members(mei: Party, amy: User) -> None:
    kept = segment("Secret rebels", LEEDS)
    asked = {"question": f"?where={of(kept)}", "all": "", "tag": "Found"}
    page = logged_in(amy).post(reverse("customer:tagging"), asked, headers={"HX-Request": "true"})
    assert "Secret rebels" not in page.content.decode()
    assert "cannot be asked for" in page.content.decode() + str(page.headers)


def test_who_may_see_segments_is_offered_them(mei: Party, alice: User) -> None:
    segment("Rebels", LEEDS)
    assert "Rebels" in logged_in(alice).get(f"{LIST}?add=segment").content.decode()
