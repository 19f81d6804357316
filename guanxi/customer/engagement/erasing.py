"""Files kept with a customer, when the customer is erased."""

from guanxi.customer.engagement.files import forget_bytes
from guanxi.customer.models import Attachment, PrivacyRequest
from guanxi.customer.privacy.subject import Subject


def erase_files(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Delete the bytes that no other customer holds. Runs while the customer's rows still say which those are."""
    mine = set(Attachment.objects.filter(party__in=subject.parties).values_list("sha256", flat=True))
    return {"files": forget_bytes(mine, leaving=subject.parties)}
