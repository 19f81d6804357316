"""Questions for the review that were asked because of words which do not count any more."""

from collections.abc import Iterable

from django.db import connection

from guanxi.customer.intake.belongings import digest
from guanxi.customer.intake.standing import Effect
from guanxi.customer.models import Proposal
from guanxi.customer.takeback.rehearing import Life, Retold

# A question bears the time of the saying that raised it.
RAISED = """
    DELETE FROM customer_proposal AS proposal USING customer_telling AS told
     WHERE told.id = ANY(%s) AND told.source_record_id IN (proposal.left_record_id, proposal.right_record_id)
       AND proposal.proposed_at = told.heard_at AND proposal.origin = %s AND proposal.decided_at ISNULL
"""


def withdraw_questions(pairs: Iterable[tuple[Life, Retold]], delivery: int) -> None:
    """Delete what nobody has answered yet and only the delivery's words asked: a clerk would see what is withdrawn."""
    unsaid = [telling for life, new in pairs for telling in _unsaid(life, new, delivery)]
    if unsaid:
        with connection.cursor() as cursor:
            cursor.execute(RAISED, [unsaid, Proposal.Origin.IMPORT.value])


def _unsaid(life: Life, new: Retold, delivery: int) -> list[int]:
    """Tellings of the delivery that replaced what counted, unless somebody else has said the same words."""
    now = new.standing.current
    counting = now and digest(now.payload, now.fields)
    news = (each for each in life.tellings if each.delivery == delivery and each.effect is Effect.NEWER)
    return [each.pk for each in news if each.words != counting]
