import pytest
from django.db.models import Count

from guanxi.collaborative.channels.jobs import deliver_mail
from guanxi.collaborative.channels.mail.carriers import Captured
from guanxi.collaborative.channels.mail.delivery import deliver_due
from guanxi.customer.merging import merge_parties
from guanxi.customer.models import Consent, ContactRule, Event, Outbox, Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from guanxi.insight.models import Assignment, Exposure
from guanxi.operational.marketing.actions import launch_campaign
from guanxi.operational.marketing.jobs import advance_launches
from guanxi.operational.marketing.launching import advance
from guanxi.operational.marketing.models import Launch, LeftOut
from tests.customer.incoming import known
from tests.operational.marketing.campaigns import CHINESE, ENGLISH, launched, planned
from tests.willing import willing
from tests.world import NOW

pytestmark = pytest.mark.django_db
ARM = Assignment.Arm


def arms(launch: Launch) -> dict[str, int]:
    rows = Assignment.objects.filter(programme=launch.programme).values_list("arm").annotate(n=Count("id"))
    return dict(rows)


def test_from_launch_to_a_captured_message_with_a_control_group_left_alone(sue: User) -> None:
    for number in range(120):
        willing(f"Wang{number}")
    launch = launched(sue, control_share=0.3)
    drawn = arms(launch)
    assert sum(drawn.values()) == 120
    assert min(drawn.get(arm, 0) for arm in (ARM.TREATED, ARM.CONTROL)) > 0
    while deliver_due(at=NOW, carrier=Captured()):
        pass
    written = Outbox.objects.filter(programme=launch.programme_id, sent_at=NOW)
    assert written.count() == drawn[ARM.TREATED]
    left_alone = Assignment.objects.filter(programme=launch.programme).exclude(arm=ARM.TREATED)
    assert not written.filter(party__in=left_alone.values("party")).exists()
    assert Event.objects.filter(kind="channels.message_sent").count() == drawn[ARM.TREATED]


def test_both_arms_are_exposed_and_the_hold_out_is_not(sue: User) -> None:
    for number in range(60):
        willing(f"Wang{number}")
    launch = launched(sue, control_share=0.5)
    exposed = Exposure.objects.filter(programme=launch.programme).values("source_record")
    reached = Assignment.objects.filter(programme=launch.programme, source_record__in=exposed)
    assert reached.count() == arms(launch)[ARM.TREATED] + arms(launch)[ARM.CONTROL]
    assert not reached.filter(arm=ARM.HOLDOUT).exists()


def test_who_may_not_be_written_to_is_left_out_before_the_lot_with_the_reason(sue: User) -> None:
    willing("Wang")
    known("Chen", email="chen@example.com")
    willing("Li", email="")
    launch = launched(sue)
    reasons = dict(launch.left_out.values_list("party__name", "reason"))
    assert reasons == {"Chen": "no_consent", "Li": "no_address"}
    assert sum(arms(launch).values()) == 1


def test_who_says_no_between_the_lot_and_the_message_leaves_either_arm(sue: User) -> None:
    parties = [willing(f"Wang{number}") for number in range(30)]
    launch = launch_campaign(campaign=planned(sue, control_share=0.5), by=sue, at=NOW)
    while Launch.objects.get(pk=launch.pk).examined_at is None:
        advance(launch.pk, at=NOW)
    for party in parties:
        record = party.source_records.get()
        Consent.objects.create(
            party=party, source_record=record, purpose="offers", channel="mail", is_given=False, at=NOW
        )
    while advance(launch.pk, at=NOW):
        pass
    assert not Exposure.objects.exists()
    assert not Outbox.objects.exists()
    late = LeftOut.objects.filter(launch=launch, stage=LeftOut.Stage.DISPATCHED, reason="refused").count()
    assert late == 30 - arms(launch).get(ARM.HOLDOUT, 0)


def test_two_campaigns_launched_together_do_not_both_write(sue: User) -> None:
    ContactRule.objects.create(purpose="offers", channel="mail", most=1, days=7)
    for number in range(20):
        willing(f"Wang{number}")
    first = launched(sue, name="First", control_share=0.1)
    second = launched(sue, name="Second", control_share=0.1)
    treated = arms(first)[ARM.TREATED]
    assert second.left_out.filter(reason="too_often").count() == treated
    assert Outbox.objects.values("party").distinct().count() == Outbox.objects.count()


def test_a_step_that_is_repeated_writes_nothing_twice(sue: User) -> None:
    for number in range(25):
        willing(f"Wang{number}")
    launch = launched(sue, step=4)
    before = (Outbox.objects.count(), Exposure.objects.count(), Assignment.objects.count())
    Launch.objects.filter(pk=launch.pk).update(dispatched_to=0, dispatched_at=None)
    while advance(launch.pk, at=NOW, step=7):
        pass
    assert (Outbox.objects.count(), Exposure.objects.count(), Assignment.objects.count()) == before


def test_the_letter_is_in_the_customers_language(sue: User) -> None:
    willing("王晓梅", email="wang@example.com", language="zh")
    willing("Hartley", city="Leeds")
    launched(sue, templates={"en": ENGLISH, "zh-hans": CHINESE}, control_share=0.0001)
    letters = {row.party.name: row for row in Outbox.objects.select_related("party")}
    for name, row in letters.items():
        assert row.subject == ("王晓梅，新茶到了" if name == "王晓梅" else "Tea for Hartley")
        assert row.unsubscribe_url in row.body
    assert letters


def test_a_campaign_is_launched_once(sue: User) -> None:
    willing("Wang")
    launch = launched(sue)
    with pytest.raises(UserError, match="has been launched"):
        launch_campaign(campaign=launch.campaign, by=sue, at=NOW)


def test_a_campaign_to_nobody_is_not_launched(sue: User) -> None:
    with pytest.raises(UserError, match="Nobody is in this segment"):
        launch_campaign(campaign=planned(sue), by=sue, at=NOW)
    assert not Launch.objects.exists()


def test_the_workers_jobs_bring_a_launch_to_its_end_and_its_mail_out(sue: User) -> None:
    for number in range(20):
        willing(f"Wang{number}")
    launch = launch_campaign(campaign=planned(sue, control_share=0.1), by=sue, at=NOW)
    advance_launches()
    deliver_mail()
    launch.refresh_from_db()
    assert launch.dispatched_at is not None
    assert Outbox.objects.filter(sent_at__isnull=False).count() == arms(launch)[ARM.TREATED]


def test_customers_merged_between_lot_and_dispatch_hear_it_once_or_with_two_arms_not_at_all(sue: User) -> None:
    for number in range(40):
        willing(f"Wang{number}")
    launch = launch_campaign(campaign=planned(sue, control_share=0.5), by=sue, at=NOW)
    while Launch.objects.get(pk=launch.pk).examined_at is None:
        advance(launch.pk, at=NOW, step=50)
    treated = list(Assignment.objects.filter(programme=launch.programme_id, arm=ARM.TREATED).order_by("pk")[:3])
    control = Assignment.objects.filter(programme=launch.programme_id, arm=ARM.CONTROL).order_by("pk")[0]
    _one(treated[1], into=treated[0], by=sue)
    _one(control, into=treated[2], by=sue)

    while advance(launch.pk, at=NOW, step=7):
        pass

    written = Outbox.objects.filter(programme=launch.programme_id)
    assert written.filter(party=treated[0].party_id).count() == 1
    assert not written.filter(party=treated[2].party_id).exists()
    left_out = LeftOut.objects.filter(launch=launch, reason="same_customer")
    assert left_out.filter(party=treated[0].party_id).count() == 1
    assert left_out.filter(party=treated[2].party_id).count() == 2


def test_customers_merged_while_their_messages_wait_get_one_of_them(sue: User) -> None:
    for number in range(10):
        willing(f"Wang{number}")
    launch = launched(sue, control_share=0.2)
    first, second = Outbox.objects.filter(programme=launch.programme_id).order_by("pk")[:2]
    _one(second, into=first, by=sue)

    while deliver_due(at=NOW, carrier=Captured()):
        pass

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.sent_at == NOW
    assert (second.sent_at, second.error) == (None, "left out: same_customer")


def _one(row: Assignment | Outbox, *, into: Assignment | Outbox, by: User) -> None:
    merge_parties(
        absorbed=Party.objects.get(pk=row.party_id), survivor=Party.objects.get(pk=into.party_id), by=by, at=NOW
    )
