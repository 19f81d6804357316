"""What a colleague made of a suggestion. Answers are what policies will be judged by, so they are kept."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.models import Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record
from guanxi.foundation.errors import UserError
from guanxi.insight.candidates import candidate
from guanxi.insight.models import Answer, Suggestion

NOT_NOW = timedelta(days=7)
WRONG = timedelta(days=180)


@transaction.atomic
def answer_suggestion(*, party: Party, action: str, choice: str, by: User, at: datetime) -> Answer:
    """Note done, not now or wrong; the suggestion rests: a week, half a year, or as its candidate says.

    Raises:
        UserError: the suggestion has changed or gone since the page was made.
    """
    shown = Suggestion.objects.filter(party=party, action=action).first()
    how = candidate(action)
    if shown is None or how is None:
        raise UserError(
            _("This suggestion has been replaced since the page was made. Nothing was noted. Reload the page.")
        )
    rests = {Answer.Choice.NOT_NOW: NOT_NOW, Answer.Choice.WRONG: WRONG}.get(
        Answer.Choice(choice), timedelta(days=how.rest_days)
    )
    return Answer.objects.create(
        party=party,
        source_record=party.source_records.earliest("id"),
        action=action,
        choice=choice,
        shown={
            "worth": shown.worth,
            "worth_low": shown.worth_low,
            "worth_high": shown.worth_high,
            "horizon_days": shown.horizon_days,
            "propensity": shown.propensity,
            "reasons": shown.reasons,
            "as_of": shown.as_of.isoformat(),
        },
        by=by,
        at=at,
        rests_until=at + rests,
    )


@transaction.atomic
def undo_answer(*, answer: Answer, by: User, at: datetime) -> None:
    """Take an answer back: the suggestion returns to the list. The audit trail keeps both."""
    record(
        verb="insight.answer_undone",
        by=by,
        at=at,
        subject=f"party:{answer.party_id}",
        action=answer.action,
        choice=answer.choice,
        answered_by=answer.by_id,
    )
    answer.delete()
