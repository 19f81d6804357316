"""Each field has its rule of who is believed; changing one computes everybody anew, and can be killed at any point."""

from unittest import mock

import pytest
from django.urls import reverse

from guanxi.customer.actions import correct_field
from guanxi.customer.believing import change_rule, move_source, preview, reappraise, reappraising
from guanxi.customer.believing.changing import ranked_sources
from guanxi.customer.intake import recompute
from guanxi.customer.intake.rules import rules_as_set
from guanxi.customer.models import Party, Reappraisal, Source, SourceRecord
from guanxi.customer.survivorship import Rule
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.errors import UserError
from tests.customer.incoming import DAY, SPRING, bring, row
from tests.world import NOW, logged_in, person

pytestmark = pytest.mark.django_db


def known_to_several(key: str, **said: tuple[str, int, int]) -> Party:
    """A customer of several sources: source → (phone or city, rank, days after spring)."""
    first: Party | None = None
    for source, (city, rank, days) in said.items():
        as_of = SPRING + days * DAY
        (outcome,) = bring(row(key, name=key, city=city, as_of=as_of), source=source, rank=rank, at=as_of)
        first = first or Party.objects.get(pk=outcome.party)
        SourceRecord.objects.filter(source__key=source, external_id=key).update(party=first)
    assert first is not None
    recompute([first.pk])
    return Party.objects.get(pk=first.pk)


def city(party: Party) -> str:
    return Party.objects.get(pk=party.pk).city


def apply() -> None:
    reappraise(clock=lambda: NOW)


def three() -> Party:
    return known_to_several("C-1", erp=("York", 10, 0), till=("Leeds", 50, 5), shop=("Leeds-on-Sea", 60, 9))


@pytest.mark.parametrize(
    ("rule", "ranking", "believed"),
    [
        ("rank", [], "York"),
        ("rank", ["till"], "Leeds"),
        ("rank", ["shop", "till"], "Leeds-on-Sea"),
        ("latest", [], "Leeds-on-Sea"),
        ("longest", [], "Leeds-on-Sea"),
    ],
)
def test_a_rule_decides_its_field_and_no_other(rule: str, ranking: list[str], believed: str, ada: User) -> None:
    party = three()
    asked = change_rule(field="city", rule=rule, ranking=ranking, by=ada, at=NOW)
    apply()

    assert city(party) == believed
    assert Party.objects.get(pk=party.pk).name == "C-1"
    assert asked is None or asked.total == 1


def test_most_sources_are_counted_by_source_not_by_record(ada: User) -> None:
    party = known_to_several("C-1", erp=("York", 10, 0), till=("Leeds", 50, 0), shop=("Leeds", 60, 0))
    change_rule(field="city", rule="most", ranking=[], by=ada, at=NOW)
    apply()
    assert city(party) == "Leeds"

    again = known_to_several("C-2", erp=("York", 10, 0), till=("Leeds", 50, 0))
    (second,) = bring(row("C-2b", name="C-2", city="Leeds"), source="till")
    SourceRecord.objects.filter(party=second.party).update(party=again)
    recompute([again.pk])
    assert city(again) == "York"  # the till has one voice, and the ranking parts one from one


def test_a_person_outranks_every_rule(ada: User) -> None:
    party = three()
    correct_field(party=party, field="city", text="Hull", by=ada, at=NOW)
    for rule in ("rank", "latest", "most", "longest"):
        change_rule(field="city", rule=rule, ranking=["shop"], by=ada, at=NOW)
        apply()
        assert city(party) == "Hull"


def test_the_ranking_is_changed_one_place_at_a_time_and_audited(ada: User) -> None:
    party = three()
    till = Source.objects.get(key="till")
    move_source(source=till, up=True, by=ada, at=NOW)
    apply()

    assert [each.key for each in ranked_sources()] == ["till", "erp", "shop"]
    assert city(party) == "Leeds"
    assert move_source(source=till, up=True, by=ada, at=NOW) is None
    assert Entry.objects.filter(verb="customer.sources_ranked", by=ada).count() == 1


def test_a_withdrawn_source_is_not_heard_and_a_customer_of_nobody_goes_by_number(ada: User) -> None:
    party = three()
    Source.objects.filter(key="erp").update(withdrawn_at=NOW)
    recompute([party.pk])
    assert city(party) == "Leeds"

    Source.objects.exclude(key=Source.OWN).update(withdrawn_at=NOW)
    recompute([party.pk])
    left = Party.objects.get(pk=party.pk)
    assert (left.name, left.city) == (f"#{party.pk}", "")

    Source.objects.update(withdrawn_at=None)
    recompute([party.pk])
    assert city(party) == "York"


def test_nothing_happens_when_nothing_is_changed(ada: User) -> None:
    assert change_rule(field="city", rule="rank", ranking=[], by=ada, at=NOW) is None
    assert change_rule(field="city", rule="rank", ranking=["no such source"], by=ada, at=NOW) is None
    assert not Reappraisal.objects.exists()


@pytest.mark.parametrize(("field", "rule"), [("colour", "rank"), ("city", "loudest"), ("custom:none", "rank")])
def test_what_does_not_exist_is_refused(field: str, rule: str, ada: User) -> None:
    with pytest.raises(UserError):
        change_rule(field=field, rule=rule, ranking=[], by=ada, at=NOW)
    assert rules_as_set() == {}


def test_a_preview_tells_what_would_change_and_writes_nothing(ada: User) -> None:
    party = three()
    known_to_several("C-2", erp=("York", 10, 0), till=("York", 50, 5))
    before = list(Party.objects.order_by("pk").values())

    tried = preview(ada, rules={"city": Rule("latest")})

    assert (tried.sample, tried.changed) == (2, 1)
    assert [(each.party.pk, each.field, each.before, each.after) for each in tried.examples] == [
        (party.pk, "city", "York", "Leeds-on-Sea")
    ]
    assert list(Party.objects.order_by("pk").values()) == before
    assert preview(ada, ranks={"till": 1}).changed == 1


def test_examples_are_customers_whom_the_reader_may_see(ada: User) -> None:
    three()
    tried = preview(person("carol"), rules={"city": Rule("latest")})
    assert (tried.changed, tried.examples) == (1, [])


def die_at(call: int) -> None:
    """The process dies while it computes this lot."""
    calls = iter(range(1, 1000))

    def dying(parties: list[int]) -> None:
        recompute(parties)
        if next(calls) == call:
            raise KeyboardInterrupt

    with mock.patch.object(reappraising, "recompute", dying), pytest.raises(KeyboardInterrupt):
        apply()


@pytest.mark.parametrize("call", [1, 2, 4])
def test_a_kill_repeats_nothing_and_leaves_nobody_out(call: int, ada: User) -> None:
    parties = [known_to_several(f"C-{n}", erp=("York", 10, 0), till=("Leeds", 50, 5)) for n in range(7)]
    change_rule(field="city", rule="latest", ranking=[], by=ada, at=NOW)
    with mock.patch.object(reappraising, "LOT", 2):
        die_at(call)
        run = Reappraisal.objects.get()
        assert run.done == (call - 1) * 2
        apply()

    run.refresh_from_db()
    assert (run.done, run.total, run.finished_at) == (7, 7, NOW)
    assert {city(each) for each in parties} == {"Leeds"}


def test_a_later_change_takes_the_work_over(ada: User) -> None:
    party = three()
    first = change_rule(field="city", rule="latest", ranking=[], by=ada, at=NOW)
    change_rule(field="city", rule="rank", ranking=["till"], by=ada, at=NOW)
    apply()
    assert first is not None
    first.refresh_from_db()
    assert (first.superseded_at, first.finished_at) == (NOW, None)
    assert city(party) == "Leeds"


def test_the_administrator_tries_a_rule_and_then_keeps_it(ada: User) -> None:
    party = three()
    client, place = logged_in(ada), reverse("beliefs:rule", args=["city"])

    tried = client.post(place, {"rule": "latest", "source": ["", "", ""]}).content.decode()
    assert "“Leeds-on-Sea” instead of “York”" in tried
    assert rules_as_set() == {}

    assert client.post(place, {"rule": "latest", "source": ["till", "", "till"], "keep": "1"}).status_code == 302
    assert rules_as_set() == {"city": Rule("latest", ("till",))}
    assert "0 of 1 customers" in client.get(reverse("beliefs:sources")).content.decode()
    apply()
    assert city(party) == "Leeds-on-Sea"


def test_the_administrator_sees_what_a_move_would_change_first(ada: User) -> None:
    three()
    client, place = logged_in(ada), reverse("beliefs:move", args=[Source.objects.get(key="erp").pk])
    assert "“Leeds” instead of “York”" in client.get(f"{place}?to=down").content.decode()
    assert ranked_sources()[0].key == "erp"
    client.post(f"{place}?to=down")
    assert ranked_sources()[0].key == "till"


def test_all_sayings_of_a_field_are_shown_with_the_rule_that_decided(ada: User, alice: User) -> None:
    party = three()
    bring(row("C-1", name="C-1", city="Ripon", as_of=SPRING + 20 * DAY), source="erp", rank=10)
    change_rule(field="city", rule="latest", ranking=["till"], by=ada, at=NOW)
    apply()
    Party.objects.filter(pk=party.pk).update(owner=alice)
    page = reverse("customer:sayings", args=[party.pk, "city"])

    shown = logged_in(ada).get(page).content.decode()
    for each in (
        "Ripon",
        "York",
        "Leeds",
        "Leeds-on-Sea",
        "Erp is believed",
        "the latest word",
        "Believed first for this field: Till",
    ):
        assert each in shown, each
    assert logged_in(alice).get(page).status_code == 200
    assert logged_in(person("carol")).get(page).status_code == 404

    correct_field(party=Party.objects.get(pk=party.pk), field="city", text="Hull", by=ada, at=NOW)
    corrected = logged_in(ada).get(page).content.decode()
    assert "A colleague typed this value." in corrected
    assert "“Hull” instead of “Ripon”" in corrected
