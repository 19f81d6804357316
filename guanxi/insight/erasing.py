"""The files between two refreshes when a customer is erased: the next refresh reads everything anew."""

import shutil

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.insight.refresh import without_refresh
from guanxi.insight.refresh.folder import refreshes


def erase_working_files(_request: PrivacyRequest, _subject: Subject) -> dict[str, int]:
    """Remove what refreshes keep on the disk; how many folders. Raises RefreshRunning, to be tried again."""
    with without_refresh():
        folders = refreshes()
        for folder in folders:
            shutil.rmtree(folder)
    return {"folders": len(folders)}
