"""One making of offers: from the history and the record to the published table, beside the refreshes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guanxi.foundation.errors import UserError
from guanxi.foundation.locks import Lock, tried
from guanxi.insight.engines import chosen
from guanxi.insight.models import Refresh, RefreshStep
from guanxi.insight.offering.judging import Judged, judge
from guanxi.insight.offering.making import make_lists
from guanxi.insight.offering.methods import PLAIN
from guanxi.insight.offering.publishing import publish
from guanxi.insight.offering.purchases import read_purchases
from guanxi.insight.offering.shelf import Shelf
from guanxi.insight.questions import OFFERS
from guanxi.insight.refresh.reading import read_identities
from guanxi.insight.refresh.work import Work


class OffersRunning(UserError):
    """Another making of offers is at work, and will publish."""


def make_offers(*, at: datetime) -> RefreshStep | None:
    """Judge the methods, make everybody's lists as of the last published refresh, and publish them at once.

    Who is who is read anew. None before the first refresh. Raises OffersRunning.
    """
    with without_offers():
        run = Refresh.objects.exclude(published_at=None).order_by("-pk").first()
        return _made(run, at) if run else None


@contextmanager
def without_offers() -> Iterator[None]:
    """Hold the one place of a making of offers, so that none begins meanwhile. Raises OffersRunning."""
    with tried(Lock.OFFERS) as is_ours:
        if not is_ours:
            raise OffersRunning(_("The offers are just being made anew. Wait for it."))
        yield


def last_made() -> RefreshStep | None:
    """The last making of offers; its facts say as of which day, on which shelf, by which methods, and how these did."""
    return RefreshStep.objects.filter(name=OFFERS).select_related("refresh").order_by("-refresh").first()


def _made(run: Refresh, at: datetime) -> RefreshStep:
    began, shelf = time.perf_counter(), Shelf.new()
    with chosen() as engine:
        work = Work(run, shelf.folder, at, engine)
        read_identities(work)
        articles = read_purchases(work, shelf)
        judged = judge(work, shelf) if articles else []
        offers = make_lists(work, shelf, judged)
    facts = {
        "began_at": at.isoformat(),
        "shelf": shelf.name,
        "day": work.day.isoformat(),
        "articles": articles,
        "offers": offers,
        "questions": {each.question: _told(each) for each in judged if each.used},
    }
    publish(work, shelf, judged, facts, time.perf_counter() - began)
    shelf.keep_alone()
    return run.steps.get(name=OFFERS)


def _told(judged: Judged) -> dict[str, Any]:
    parts = judged.parts
    return {
        "method": judged.used,
        "recall": parts[judged.used or PLAIN].recall,
        "plain": parts[PLAIN].recall,
        "held_out": judged.held_out,
        "customers": parts[PLAIN].customers,
    }
