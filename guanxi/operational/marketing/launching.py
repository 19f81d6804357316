"""A launch works in two passes, a few hundred customers a transaction: examine and draw the lot, then dispatch.

Each step locks the launch, does its rows and moves the mark, all in one transaction. A step that is killed never
happened; the next worker begins it anew. Eligibility is decided before the lot is drawn, so both arms are alike; it is
asked again before dispatch, of both arms, because time has passed.
"""

from datetime import datetime

from django.db import transaction

from guanxi.customer import contact_policy
from guanxi.customer.models import Party
from guanxi.customer.outbox import Outgoing, put_in_outbox
from guanxi.foundation.push.actions import notify
from guanxi.insight.models import Assignment, ProgrammeClosure
from guanxi.insight.programmes import Unit, assign, close_programme, expose, units_of
from guanxi.insight.segments import members_of
from guanxi.operational.marketing.letters import Letter, Writer, readable_parties
from guanxi.operational.marketing.models import Launch, LeftOut

STEP = 500


def advance(launch_id: int, *, at: datetime, step: int = STEP) -> bool:
    """Do the next step of a launch; False when it is finished or another worker is at it."""
    with transaction.atomic(durable=True):
        launch = (
            Launch.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("campaign__segment", "programme")
            .filter(pk=launch_id, dispatched_at=None)
            .first()
        )
        if launch is None:
            return False
        if launch.examined_at is None:
            _examine(launch, at, step)
        else:
            _dispatch(launch, at, step)
        launch.save()
        notify(topic=f"launch:{launch.pk}", kind="progress")
        return launch.dispatched_at is None


def _examine(launch: Launch, at: datetime, step: int) -> None:
    """Ask the contact policy about the next members, and let the lot place those who may be written to."""
    members = members_of(launch.campaign.segment, at=launch.at).filter(pk__gt=launch.examined_to).order_by("pk")
    parties = list(members.values_list("pk", flat=True)[:step])
    if not parties:
        launch.examined_at = at
        return
    launch.examined_to = parties[-1]
    allowed = _allowed(launch, units_of(Party.objects.filter(pk__in=parties)), LeftOut.Stage.EXAMINED, at)
    assign(programme=launch.programme, units=allowed, at=at)


def _dispatch(launch: Launch, at: datetime, step: int) -> None:
    """The next assignments reach the moment of treatment: messages for the treated, an exposure for either arm."""
    drawn = launch.programme.assignments.filter(pk__gt=launch.dispatched_to).order_by("pk")
    assignments = list(drawn[:step])
    if not assignments:
        launch.dispatched_at = at
        if not ProgrammeClosure.objects.filter(programme=launch.programme_id).exists():
            close_programme(programme=launch.programme, by=launch.by, at=at)
        return
    launch.dispatched_to = assignments[-1].pk
    assignments = _each_customer_once(launch, assignments, at)
    arms = {Unit(each.party_id, each.source_record_id): each.arm for each in assignments}
    measured = [unit for unit, arm in arms.items() if arm != Assignment.Arm.HOLDOUT]
    reached = _allowed(launch, measured, LeftOut.Stage.DISPATCHED, at)
    expose(programme=launch.programme, units=reached, at=at)
    _write_to(launch, [unit for unit in reached if arms[unit] == Assignment.Arm.TREATED], at)


def _each_customer_once(launch: Launch, assignments: list[Assignment], at: datetime) -> list[Assignment]:
    """Customers who were merged since the lot was drawn count once, by the older draw; with two arms, not at all."""
    drawn: dict[int, list[tuple[int, str]]] = {}
    same = launch.programme.assignments.filter(party__in={each.party_id for each in assignments})
    for pk, party, arm in same.order_by("pk").values_list("pk", "party", "arm"):
        drawn.setdefault(party, []).append((pk, arm))
    clear = {party for party, lots in drawn.items() if len({arm for _pk, arm in lots}) == 1}
    once = [each for each in assignments if each.party_id in clear and drawn[each.party_id][0][0] == each.pk]
    kept = {each.pk for each in once}
    LeftOut.objects.bulk_create(
        LeftOut(
            launch=launch,
            stage=LeftOut.Stage.DISPATCHED,
            reason=contact_policy.Reason.SAME_CUSTOMER,
            party_id=each.party_id,
            source_record_id=each.source_record_id,
            at=at,
        )
        for each in assignments
        if each.pk not in kept
    )
    return once


def _allowed(launch: Launch, units: list[Unit], stage: LeftOut.Stage, at: datetime) -> list[Unit]:
    """Those whom the contact policy lets us write to; for the others, a row that says why not."""
    campaign = launch.campaign
    decisions = contact_policy.decide_all(
        [unit.party for unit in units], purpose=campaign.purpose, channel=campaign.channel, at=at
    )
    LeftOut.objects.bulk_create(
        LeftOut(
            launch=launch,
            stage=stage,
            reason=decisions[unit.party].reason,
            party_id=unit.party,
            source_record_id=unit.source_record,
            at=at,
        )
        for unit in units
        if not decisions[unit.party].allowed
    )
    return [unit for unit in units if decisions[unit.party].allowed]


def _write_to(launch: Launch, treated: list[Unit], at: datetime) -> None:
    """Put the message of each of them into the outbox; the key makes a second writing impossible."""
    writer = Writer(launch.campaign)
    parties = readable_parties(unit.party for unit in treated).in_bulk()
    letters = [writer.write(parties[unit.party], writer.unsubscribe_url(unit.source_record)) for unit in treated]
    put_in_outbox([_outgoing(launch, unit, letter, at) for unit, letter in zip(treated, letters, strict=True)])


def _outgoing(launch: Launch, unit: Unit, letter: Letter, at: datetime) -> Outgoing:
    return Outgoing(
        key=f"campaign:{launch.campaign_id}:{unit.source_record}",
        party=unit.party,
        source_record=unit.source_record,
        channel=launch.campaign.channel,
        purpose=launch.campaign.purpose,
        programme=launch.programme_id,
        address=letter.address,
        subject=letter.subject,
        body=letter.body,
        unsubscribe_url=letter.unsubscribe_url,
        due_at=at,
    )
