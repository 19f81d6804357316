"""The tables of questions when a customer is erased: any of them may hold the customer, so all of them go."""

from django.utils.translation import gettext as _

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.foundation.company.clock import now
from guanxi.integration.transfer.questions.models import Question
from guanxi.integration.transfer.questions.place import clear
from guanxi.integration.transfer.questions.work import GONE, waiting


def erase_tables(_request: PrivacyRequest, _subject: Subject) -> dict[str, int]:
    """Remove every table; how many. The answers stay, as they tell of many; those under way end without one."""
    waiting().update(failed_at=now(), failure=_(GONE))
    return {"files": sum(clear(pk) for pk in Question.objects.values_list("pk", flat=True))}
