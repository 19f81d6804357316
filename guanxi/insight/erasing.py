"""Refreshes and offers when a customer is erased: the next refresh reads everything anew."""

import shutil

from guanxi.customer.models import PrivacyRequest
from guanxi.customer.privacy.subject import Subject
from guanxi.insight.models import Offer
from guanxi.insight.offering import without_offers
from guanxi.insight.offering.shelf import home
from guanxi.insight.refresh import without_refresh
from guanxi.insight.refresh.folder import refreshes


def erase_working_files(_request: PrivacyRequest, _subject: Subject) -> dict[str, int]:
    """Remove what refreshes keep on the disk; how many folders. Raises RefreshRunning, to be tried again."""
    with without_refresh():
        folders = refreshes()
        for folder in folders:
            shutil.rmtree(folder)
    return {"folders": len(folders)}


def erase_offers(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Remove what the making of offers keeps on the disk, and the offers that one has published meanwhile.

    Raises OffersRunning, to be tried again.
    """
    with without_offers():
        shutil.rmtree(home(), ignore_errors=True)
        removed, _each = Offer.objects.filter(party__in=subject.parties).delete()
        return {"offers": removed}
