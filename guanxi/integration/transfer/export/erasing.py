"""The files of exports when a customer is erased: any of them may hold the customer, so all of them go."""

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.customer.privacy.traces import blank
from guanxi.foundation.company.clock import now
from guanxi.integration.transfer.export.actions import remove_file
from guanxi.integration.transfer.export.models import Export


def erase_exports(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Remove every file that has been written, and what was asked for by the customer's name; how many files."""
    at, files = now(), 0
    for export in Export.objects.filter(removed_at=None):
        files += remove_file(export=export, at=at)
    blank(Export.objects.all(), "question", [*subject.pointers, *subject.names])
    return {"files": files}
