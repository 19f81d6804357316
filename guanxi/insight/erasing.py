"""Refreshes and offers when a customer is erased: the next refresh reads everything anew."""

import shutil

from guanxi.customer.models import PrivacyRequest, Reading
from guanxi.customer.privacy.subject import Subject
from guanxi.insight.models import Need, Offer, Suggestion
from guanxi.insight.offering import without_offers
from guanxi.insight.offering.shelf import home
from guanxi.insight.refresh import without_refresh
from guanxi.insight.refresh.folder import refreshes

PUBLISHED = (Reading, Suggestion, Need)


def erase_working_files(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Remove what refreshes keep on the disk, and what one has published meanwhile; how many folders and rows.

    Raises RefreshRunning, to be tried again.
    """
    with without_refresh():
        folders = refreshes()
        for folder in folders:
            shutil.rmtree(folder)
        rows = sum(each.objects.filter(party__in=subject.parties).delete()[0] for each in PUBLISHED)
    return {"folders": len(folders), "published": rows}


def erase_offers(_request: PrivacyRequest, subject: Subject) -> dict[str, int]:
    """Remove what the making of offers keeps on the disk, and the offers that one has published meanwhile.

    Raises OffersRunning, to be tried again.
    """
    with without_offers():
        shutil.rmtree(home(), ignore_errors=True)
        removed, _each = Offer.objects.filter(party__in=subject.parties).delete()
        return {"published": removed}
