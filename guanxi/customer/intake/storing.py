"""What was heard is stored: in a few statements for a whole batch, whatever it holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from guanxi.customer.intake import hanging, owning, writing
from guanxi.customer.intake.belongings import digest, written
from guanxi.customer.intake.bulk import as_json, copy_in, fresh_ids, insert_missing
from guanxi.customer.intake.gate import Decision, Verdict
from guanxi.customer.intake.golden import recompute
from guanxi.customer.intake.hearing import Batch, Hearing
from guanxi.customer.intake.holding import hold_parties
from guanxi.customer.intake.standing import Effect
from guanxi.customer.models import Proposal, Telling

MEETING = {Decision.JOIN, Decision.PROPOSE}
TELLING = ("id", "source_record_id", "delivery_id", "heard_at", "as_of", "by_id", "words", "said", "did")
PROPOSAL = {
    "left_record_id": "bigint",
    "right_record_id": "bigint",
    "left_id": "bigint",
    "right_id": "bigint",
    "origin": "text",
    "rule": "text",
    "version": "text",
    "probability": "float8",
    "weight": "float8",
    "explanation": "jsonb",
    "proposed_at": "timestamptz",
    "decision": "text",
}


def tellings_for(count: int) -> list[int]:
    """Ids for so many tellings, in the order in which they are going to be heard."""
    return fresh_ids(Telling, count) if count else []


def store(batch: Batch, hearings: Sequence[Hearing]) -> None:
    """Store all of it. The standings of new customers get their record and party."""
    living = _hold(hearings)
    firsts = [each for each in hearings if each.effect is Effect.FIRST]
    newer = {each.record: each for each in hearings if each.effect is Effect.NEWER and not each.standing.is_new}
    if firsts:
        writing.create(batch, firsts)
    if newer:
        writing.update(batch, list(newer.values()))
    standings = list({id(each.standing): each.standing for each in hearings}.values())
    writing.keep_superseded(standings)
    hanging.attach(batch, hearings)
    hanging.touch({each.party for each in hearings if each.change.tells})
    tellings = owning.noted(hearings)
    owning.give_owners(tellings)
    _keep_tellings(batch, tellings)
    _propose(batch, hearings, living)
    if again := {each.party for each in hearings if _makes_anew(each)}:
        recompute(again)


def _hold(hearings: Sequence[Hearing]) -> dict[int, int]:
    """Hold the customers known already whom the batch changes or asks about; who they are by now.

    All at once, so that two batches do not wait for each other. Whoever was merged after a row was found to mean him is
    joined as the one whom he became.
    """
    met = [each.verdict.party for each in hearings if each.verdict and each.verdict.decision in MEETING]
    changed = [each.standing.party for each in hearings if _changes(each)]
    living = hold_parties({party for party in (*met, *changed) if party is not None})
    for each in hearings:
        if isinstance(each.standing.joins, int):
            each.standing.joins = living.get(each.standing.joins, each.standing.joins)
    return living


def _changes(heard: Hearing) -> bool:
    return heard.effect is Effect.NEWER or heard.change.tells or heard.read.incoming.owner is not None


def _makes_anew(heard: Hearing) -> bool:
    """Whether the party must be computed anew; one that was made of a single row is as it should be."""
    return heard.effect is Effect.NEWER or (heard.effect is Effect.FIRST and heard.standing.joins is not None)


def _keep_tellings(batch: Batch, hearings: Sequence[Hearing]) -> None:
    by, delivery = batch.by and batch.by.pk, batch.delivery and batch.delivery.pk
    copy_in(
        Telling,
        TELLING,
        (
            (
                each.telling,
                each.record,
                delivery,
                batch.at,
                each.read.as_of,
                by,
                digest(each.read.payload, each.read.fields),
                as_json(
                    {
                        "belongings": written(each.brought),
                        "owner": each.read.incoming.owner,
                        "created_at": _moment(each.read.incoming.created_at),
                    }
                ),
                as_json(
                    {
                        "effect": each.effect,
                        "added": [[*key, row["id"]] for key, row in each.change.added.items()],
                        "displaced": written(each.change.displaced),
                        "owner": each.gave_owner,
                    }
                ),
            )
            for each in hearings
        ),
    )


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _propose(batch: Batch, hearings: Sequence[Hearing], living: Mapping[int, int]) -> None:
    """Put questions to the review. A pair that was asked about stays as it was answered."""
    asked = ((each, each.verdict) for each in hearings if each.verdict and each.verdict.decision is Decision.PROPOSE)
    proposals = [_proposal(batch, heard, verdict, living) for heard, verdict in asked]
    insert_missing(Proposal, PROPOSAL, [each for each in proposals if each])


def _proposal(batch: Batch, heard: Hearing, verdict: Verdict, living: Mapping[int, int]) -> tuple[object, ...] | None:
    """Left is the older record, and what the explanation calls left is what it says."""
    known = living.get(verdict.party or 0)
    record, party = (heard.meets.record, heard.meets.party) if heard.meets else (verdict.record, known)
    if record is None or party is None or party == heard.party:
        return None
    mine = (heard.record, heard.party)
    (left, left_party), (right, right_party) = sorted([mine, (record, party)])
    turned = mine == (right, right_party)
    return (
        left,
        right,
        left_party,
        right_party,
        Proposal.Origin.IMPORT.value,
        str(verdict.rule),
        "",
        verdict.probability,
        verdict.weight,
        as_json([_turned(line) for line in verdict.explanation] if turned else verdict.explanation),
        batch.at,
        "",
    )


def _turned(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "left": line["right"], "right": line["left"]}
