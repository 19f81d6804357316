"""Hand-made tags are renamed, joined, described and retired; whoever knows them by a former name still finds them."""

import pytest
from django.urls import reverse

from guanxi.customer.actions import tag as put_on
from guanxi.customer.actions import untag
from guanxi.customer.actions.tag_keeping import describe_tag, join_tags, retire_tag, revive_tag
from guanxi.customer.filters import customers_meeting, read_conditions
from guanxi.customer.intake import Incoming, ensure_source, take_in
from guanxi.customer.models import Party, PartyTag, Tag
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError
from tests.customer.incoming import SPRING, known
from tests.world import NOW, logged_in, person

pytestmark = pytest.mark.django_db


def tagged(word: str) -> set[str]:
    asked = read_conditions([["tag", "in", [word]]])
    return set(customers_meeting(asked, Party.objects.all(), NOW).values_list("name", flat=True))


def put(word: str, *names: str, by: User) -> Tag:
    parties = [(Party.objects.filter(name=name).first() or known(name)).pk for name in names]
    put_on(parties=parties, name=word, by=by, at=NOW)
    return Tag.objects.get(pk=Tag.objects.named([word])[word])


def rename(tag: Tag, name: str, by: User) -> Tag:
    return describe_tag(tag=tag, name=name, description="", owner=None, by=by, at=NOW)


def test_a_renamed_tag_answers_to_both_names_in_filters_forms_and_files(ada: User) -> None:
    tag = rename(put("vip", "Ann", by=ada), "key account", ada)
    put("vip", "Ben", by=ada)
    take_in(
        source=ensure_source(key="till", name="Till"),
        records=[Incoming(external_id="C", payload={}, fields={"name": "Cid"}, as_of=SPRING, tags=("vip",))],
        at=NOW,
        by=None,
    )

    assert tagged("vip") == tagged("key account") == {"Ann", "Ben", "Cid"}
    assert list(Tag.objects.values_list("name", flat=True)) == ["key account"]
    untag(parties=Party.objects.values_list("pk", flat=True), name="vip", by=ada, at=NOW)
    assert tagged("key account") == set()
    rename(tag, "vip", ada)
    assert Tag.objects.get().former_names == ["key account"]


def test_joined_tags_are_one_and_who_had_both_has_it_once(ada: User) -> None:
    first, second = put("Wholesaler", "Ann", "Ben", by=ada), put("wholesale", "Ben", "Cid", by=ada)
    rename(second, "whole-sale", ada)

    assert join_tags(tag=second, into=first, by=ada, at=NOW) == 2
    assert tagged("Wholesaler") == tagged("wholesale") == tagged("whole-sale") == {"Ann", "Ben", "Cid"}
    assert PartyTag.objects.filter(party__name="Ben").count() == 1
    assert Entry.objects.get(verb="tag.joined").facts["gone"] == "whole-sale"


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "taken", "formerly taken"])
def test_a_name_that_is_none_or_another_tags_is_refused(name: str, ada: User) -> None:
    rename(put("formerly taken", "Ann", by=ada), "taken", ada)
    tag = put("mine", "Ann", by=ada)
    with pytest.raises(UserError, match="Nothing was changed"):
        rename(tag, name, ada)
    with pytest.raises(UserError, match="itself"):
        join_tags(tag=tag, into=tag, by=ada, at=NOW)
    assert Tag.objects.get(pk=tag.pk).name == "mine"


def test_a_retired_tag_stays_on_its_customers_and_is_put_on_nobody_else(ada: User) -> None:
    tag = put("old", "Ann", by=ada)
    retire_tag(tag=tag, by=ada, at=NOW)
    with pytest.raises(UserError, match="retired"):
        put("old", "Ben", by=ada)
    assert tagged("old") == {"Ann"}
    revive_tag(tag=tag, by=ada, at=NOW)
    put("old", "Ben", by=ada)
    assert tagged("old") == {"Ann", "Ben"}


def test_the_catalogue_counts_customers_and_is_kept_by_who_may(ada: User, alice: User) -> None:
    tag, other = put("vip", "Ann", "Ben", by=ada), put("slow payer", "Ann", by=ada)
    client, page = logged_in(ada), reverse("customer:tag", args=[tag.pk])
    assert "2 customers" in client.get(page).content.decode()
    wish = {"name": "top", "description": "A hundred thousand a year", "owner": alice.pk}
    assert client.post(page, wish).status_code == 302
    shown = client.get(reverse("customer:tag-catalogue")).content.decode()
    for each in ("top", "formerly vip", "A hundred thousand a year", "Alice Lin"):
        assert each in shown
    assert client.post(page, {**wish, "name": "slow payer"}).status_code == 422

    client.post(reverse("customer:tag-retirement", args=[tag.pk]))
    client.post(reverse("customer:tag-revival", args=[tag.pk]))
    client.post(reverse("customer:tag-joining", args=[other.pk]), {"into": tag.pk})
    assert [(each.name, each.retired_at) for each in Tag.objects.all()] == [("top", None)]
    for stranger in ("alice", "ann", "mallory"):
        for place in (page, reverse("customer:tag-catalogue")):
            assert logged_in(person(stranger)).get(place).status_code == 404
