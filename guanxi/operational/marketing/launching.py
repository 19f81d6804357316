"""A launch works in two passes, a few hundred customers a transaction: examine and draw the lot, then dispatch.

Each step locks the launch, does its rows and moves the mark, all in one transaction. A step that is killed never
happened; the next worker begins it anew. Eligibility is decided before the lot is drawn, so both arms are alike; it is
asked again before dispatch, of both arms, because time has passed.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from guanxi.customer import contact_policy
from guanxi.customer.models import Party, SourceRecord
from guanxi.customer.outbox import Outgoing, put_in_outbox
from guanxi.foundation.push.actions import notify
from guanxi.insight.models import Assignment
from guanxi.insight.programmes import Unit, assign, expose
from guanxi.insight.segments import members_of
from guanxi.operational.marketing.letters import Writer, readable_parties
from guanxi.operational.marketing.models import Launch, LeftOut

STEP = 500
Who = tuple[int, int]  # party, source record


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
    members = members_of(launch.campaign.segment).filter(pk__gt=launch.examined_to).order_by("pk")
    parties = list(members.values_list("pk", flat=True)[:step])
    if not parties:
        launch.examined_at = at
        return
    launch.examined_to = parties[-1]
    allowed = _allowed(launch, _first_records(parties), LeftOut.Stage.EXAMINED, at)
    assign(programme=launch.programme, units=[Unit(*who) for who in allowed], at=at)


def _dispatch(launch: Launch, at: datetime, step: int) -> None:
    """The next assignments reach the moment of treatment: messages for the treated, an exposure for either arm."""
    drawn = launch.programme.assignments.filter(pk__gt=launch.dispatched_to).order_by("pk")
    assignments = list(drawn[:step])
    if not assignments:
        launch.dispatched_at = at
        return
    launch.dispatched_to = assignments[-1].pk
    arms = {(each.party_id, each.source_record_id): each.arm for each in assignments if each.arm != Assignment.Arm.HOLDOUT}
    reached = _allowed(launch, arms, LeftOut.Stage.DISPATCHED, at)
    expose(programme=launch.programme, units=[Unit(*who) for who in reached], at=at)
    _write_to(launch, [who for who in reached if arms[who] == Assignment.Arm.TREATED], at)


def _allowed(launch: Launch, candidates: Iterable[Who], stage: LeftOut.Stage, at: datetime) -> list[Who]:
    """Those whom the contact policy lets us write to; for the others, a row that says why not."""
    campaign, candidates = launch.campaign, list(candidates)
    decisions = contact_policy.decide_all(
        [party for party, _ in candidates], purpose=campaign.purpose, channel=campaign.channel, at=at
    )
    LeftOut.objects.bulk_create(
        LeftOut(
            launch=launch, stage=stage, reason=decisions[party].reason, party_id=party, source_record_id=record, at=at
        )
        for party, record in candidates
        if not decisions[party].allowed
    )
    return [(party, record) for party, record in candidates if decisions[party].allowed]


def _write_to(launch: Launch, treated: list[Who], at: datetime) -> None:
    """Put the message of each of them into the outbox; the key makes a second writing impossible."""
    campaign, writer = launch.campaign, Writer(launch.campaign)
    parties = readable_parties(party for party, _ in treated).in_bulk()
    letters = {who: writer.write(parties[who[0]], who[1]) for who in treated}
    put_in_outbox(
        [
            Outgoing(
                key=f"campaign:{campaign.pk}:{record}",
                party=party,
                source_record=record,
                channel=campaign.channel,
                purpose=campaign.purpose,
                programme=launch.programme_id,
                address=parties[party].email,
                subject=letter.subject,
                body=letter.body,
                unsubscribe_url=letter.unsubscribe_url,
                due_at=at,
            )
            for (party, record), letter in letters.items()
        ]
    )


def _first_records(parties: list[int]) -> list[Who]:
    """Each party with its oldest source record, to which the lot and the message belong whatever is merged later."""
    oldest = SourceRecord.objects.filter(party_id__in=parties).order_by("party_id", "id").distinct("party_id")
    return list(oldest.values_list("party_id", "id"))
