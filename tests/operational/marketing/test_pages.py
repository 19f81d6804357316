import pytest
from django.test import Client

from guanxi.customer.models import Consent, Event
from guanxi.foundation.accounts.models import User
from guanxi.insight.models import Segment
from guanxi.operational.marketing.models import Campaign, Launch
from guanxi.operational.marketing.unsubscribing import Ticket
from tests.customer.incoming import known
from tests.operational.marketing.campaigns import CHINESE, ENGLISH, launched, planned
from tests.willing import willing
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db


def form(**changes: object) -> dict[str, object]:
    segment = Segment.objects.get_or_create(name="Everybody", defaults={"conditions": [], "made_at": NOW})[0]
    filled = {
        "name": "Spring tea",
        "segment": segment.pk,
        "channel": "mail",
        "purpose": "offers",
        "works_by": "deeper",
        "control_percent": "20",
        "outcome_days": "28",
        "unit_cost": "0.05",
        "fixed_cost": "100",
        "subject_en": ENGLISH[0],
        "body_en": ENGLISH[1],
    }
    return {**filled, **changes}


def test_a_marketer_plans_a_campaign_and_changes_the_plan(sue: User) -> None:
    client = logged_in(sue)
    answer = client.post("/marketing/campaigns/new/", form())
    campaign = Campaign.objects.get()
    assert answer.url == f"/marketing/campaigns/{campaign.pk}/"
    assert (campaign.control_share, campaign.made_by) == (0.2, sue)
    client.post(f"/marketing/campaigns/{campaign.pk}/plan/", form(control_percent="30", subject_en="New"))
    campaign.refresh_from_db()
    assert campaign.control_share == 0.3
    assert [message.subject for message in campaign.messages.all()] == ["New"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"control_percent": "0"}, "greater than or equal to 1"),
        ({"control_percent": "100"}, "less than or equal to 90"),
        ({"control_percent": "nan"}, "Enter a number"),
        ({"body_en": "Dear {{ nmae }}"}, "There is no field “nmae”"),
        ({"body_en": ""}, "needs both a subject and a text"),
        ({"body_en": "", "subject_en": ""}, "at least one language"),
        ({"purpose": "service"}, "Select a valid choice"),
        ({"outcome_days": "0"}, "greater than or equal to 1"),
        ({"unit_cost": "-1"}, "greater than or equal to 0"),
        ({"outcome_days": "3651"}, "less than or equal to 3650"),
        ({"unit_cost": "1000001"}, "less than or equal to 1000000"),
        ({"fixed_cost": "1000000001"}, "less than or equal to 1000000000"),
        ({"segment": "0"}, "Select a valid choice"),
    ],
)
def test_a_mistake_in_the_plan_is_a_sentence_beside_the_field(changes: dict[str, str], said: str, sue: User) -> None:
    answer = logged_in(sue).post("/marketing/campaigns/new/", form(**changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Campaign.objects.exists()


def test_a_launched_campaign_cannot_be_rewritten(sue: User) -> None:
    willing("Wang")
    campaign = launched(sue).campaign
    answer = logged_in(sue).post(f"/marketing/campaigns/{campaign.pk}/plan/", form(name="Another"))
    assert "has been launched" in answer.content.decode()
    campaign.refresh_from_db()
    assert campaign.name == "Spring tea"


def test_the_launch_is_asked_with_its_numbers_and_then_done(sue: User) -> None:
    for number in range(10):
        willing(f"Wang{number}")
    known("Chen", email="chen@example.com")
    campaign, client = planned(sue), logged_in(sue)
    question = client.get(f"/marketing/campaigns/{campaign.pk}/launch/").content.decode()
    assert "never gave consent" in question
    answer = client.post(f"/marketing/campaigns/{campaign.pk}/launch/", follow=True)
    assert "The lot is being drawn" in answer.content.decode()
    assert Launch.objects.get().members == 11


def test_every_page_of_a_campaign_shows_before_and_after_the_launch(sue: User) -> None:
    for number in range(10):
        willing(f"Wang{number}")
    client, campaign = logged_in(sue), planned(sue, name="Planned")
    launch = launched(sue, name="Out")
    parts = {campaign: ("", "plan/", "audience/", "letter/", "launch/"), launch.campaign: ("", "letter/", "progress/")}
    for each, addresses in parts.items():
        for part in addresses:
            assert client.get(f"/marketing/campaigns/{each.pk}/{part}").status_code == 200
    page = client.get("/marketing/campaigns/").content.decode()
    assert "Planned" in page
    assert "not measured yet" in page


def test_the_preview_shows_what_this_customer_would_get(sue: User) -> None:
    willing("王晓梅", email="wang@example.com", language="zh-hans")
    known("Hartley", email="h@example.com", city="Leeds")
    campaign = planned(sue, templates={"en": ENGLISH, "zh-hans": CHINESE})
    client, address = logged_in(sue), f"/marketing/campaigns/{campaign.pk}/letter/"
    page = client.get(address).content.decode()
    assert "王晓梅，新茶到了" in page
    assert "/unsubscribe/sample/" in page
    assert client.get(address, {"after": "²"}).status_code == 404
    found = client.get(address, {"q": "Hartley"}).content.decode()
    assert "new tea in Leeds." in found
    assert "never gave consent" in found


def test_colleagues_without_the_grant_find_no_campaign(alice: User, ann: User, sue: User) -> None:
    campaign = planned(sue)
    assert logged_in(alice).get(f"/marketing/campaigns/{campaign.pk}/").status_code == 404
    assert logged_in(ann).get(f"/marketing/campaigns/{campaign.pk}/").status_code == 200
    assert logged_in(ann).post(f"/marketing/campaigns/{campaign.pk}/launch/").status_code == 404
    assert not Launch.objects.exists()


def way_out(sue: User) -> tuple[Ticket, str]:
    campaign = planned(sue)
    party = willing("Wang")
    ticket = Ticket(party.source_records.get().pk, "offers", "mail", campaign.pk)
    return ticket, f"/marketing/unsubscribe/{ticket.token()}/"


def test_looking_at_the_way_out_changes_nothing_and_the_button_withdraws_the_consent(sue: User) -> None:
    _, address = way_out(sue)
    customer = Client(enforce_csrf_checks=True)
    assert "Send me no more" in customer.get(address).content.decode()
    assert not Consent.objects.filter(is_given=False).exists()
    assert customer.post(address).status_code == 200
    assert "Send me no more" not in customer.get(address).content.decode()
    assert customer.post(address).status_code == 200
    refusal = Consent.objects.get(is_given=False)
    assert (refusal.purpose, refusal.channel) == ("offers", "mail")
    for told in ("marketing.unsubscribed", "customer.consent_recorded"):
        assert Event.objects.filter(kind=told, direction="in").count() == 1


def test_one_click_in_the_mail_program_suffices_and_is_kept_as_proof(sue: User) -> None:
    _, address = way_out(sue)
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "mail program" in Consent.objects.get(is_given=False).proof


def test_an_altered_way_out_leads_nowhere(sue: User) -> None:
    ticket, address = way_out(sue)
    other = address.replace(f"/{ticket.source_record}.", f"/{ticket.source_record + 1}.")
    for altered in (other, address[:-3] + "/", "/marketing/unsubscribe/x/"):
        assert Client().get(altered).status_code == 404
        assert Client().post(altered).status_code == 404


def test_the_way_out_speaks_the_customers_language(sue: User) -> None:
    campaign, party = planned(sue), willing("王晓梅", email="w@example.com", language="zh-hans")
    ticket = Ticket(party.source_records.get().pk, "offers", "mail", campaign.pk)
    assert 'lang="zh-Hans"' in Client().get(f"/marketing/unsubscribe/{ticket.token()}/").content.decode()


def test_a_segment_that_nothing_understands_any_more_is_told_and_nothing_is_sent(sue: User) -> None:
    campaign = planned(sue)
    Segment.objects.update(conditions=[["no_such_field", "in", ["x"]]])
    client, page = logged_in(sue), f"/marketing/campaigns/{campaign.pk}/"
    assert client.get(page).status_code == 200
    for part in ("audience/", "letter/", "launch/"):
        assert client.get(page + part).status_code == 422
    client.post(page + "launch/")
    assert not Launch.objects.exists()
