"""After the publication: whose stage or strength has changed since the last refresh is written into their history."""

from typing import Any

from django.db import connection, transaction

from guanxi.insight.refresh.work import Work

# A stage that began before the last one was found cannot have begun earlier than that.
CLOSE = """
    UPDATE insight_stageentry AS entry SET until = greatest(reading.stage_since, entry.since)
    FROM customer_reading AS reading
    WHERE reading.party_id = entry.party_id AND entry.until IS NULL AND reading.stage <> entry.stage
        AND reading.stage <> ''"""
OPEN = """
    INSERT INTO insight_stageentry (party_id, stage, since, refresh_id)
    SELECT reading.party_id, reading.stage,
        greatest(reading.stage_since, (SELECT max(until) FROM insight_stageentry WHERE party_id = reading.party_id)), %s
    FROM customer_reading AS reading
    WHERE reading.stage <> '' AND NOT EXISTS (
        SELECT FROM insight_stageentry AS entry WHERE entry.party_id = reading.party_id AND entry.until IS NULL)"""
STRENGTH = """
    INSERT INTO insight_strengthentry (party_id, "on", behaviour, emotion, "time")
    SELECT found.party_id, %s, found.behaviour, found.emotion, found.time
    FROM (SELECT party_id, round(strength_behaviour)::int AS behaviour, round(strength_emotion)::int AS emotion,
            round(strength_time)::int AS time FROM customer_reading WHERE strength_behaviour IS NOT NULL) AS found
    LEFT JOIN LATERAL (SELECT behaviour, emotion, "time" FROM insight_strengthentry
        WHERE party_id = found.party_id AND "on" < %s ORDER BY "on" DESC LIMIT 1) AS last ON true
    WHERE (last.behaviour, last.emotion, last.time) IS DISTINCT FROM (found.behaviour, found.emotion, found.time)
    ON CONFLICT (party_id, "on") DO UPDATE
        SET behaviour = excluded.behaviour, emotion = excluded.emotion, "time" = excluded.time"""


@transaction.atomic
def write_chronicle(work: Work) -> dict[str, Any]:
    """Close the stages that ended, open those that began, and note strengths that moved. Repeating it adds nothing."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSE)
        ended = cursor.rowcount
        cursor.execute(OPEN, [work.run.pk])
        begun = cursor.rowcount
        cursor.execute(STRENGTH, [work.day, work.day])
        return {"ended": ended, "begun": begun, "moved": cursor.rowcount}
