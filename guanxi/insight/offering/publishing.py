"""The week's articles and offers take the place of the old ones at once, with the cards of the methods behind them."""

from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any

from guanxi.insight.models import Article, Offer, RefreshStep
from guanxi.insight.offering.judging import Judged
from guanxi.insight.offering.methods import PARAMETERS, PLAIN, QUESTIONS
from guanxi.insight.offering.shelf import Shelf
from guanxi.insight.questions import OFFERS
from guanxi.insight.refresh.cards import Tried, write_cards
from guanxi.insight.refresh.publishing import fill, swap
from guanxi.insight.refresh.work import Work

ARTICLE, OFFER = Article._meta.db_table, Offer._meta.db_table


def publish(work: Work, shelf: Shelf, judged: list[Judged], facts: dict[str, Any], seconds: float) -> None:
    """Cards and step hang on the refresh whose day and figures the offers share."""
    fill(ARTICLE, shelf.catalogue, {})
    fill(OFFER, shelf.offers, {})
    swap((ARTICLE, OFFER), partial(_note, work, judged, facts, seconds))


def _note(work: Work, judged: list[Judged], facts: dict[str, Any], seconds: float) -> None:
    work.run.cards.filter(question__in=QUESTIONS).delete()
    for each in judged:
        tried = [
            Tried(
                method=method,
                figures=asdict(part),
                is_baseline=method == PLAIN,
                parameters=PARAMETERS.get(method, {}),
            )
            for method, part in each.parts.items()
        ]
        customers = each.parts[PLAIN].customers
        write_cards(
            work, each.question, tried, used=each.used, sample={"customers": customers, "horizon": each.held_out}
        )
    RefreshStep.objects.update_or_create(
        refresh=work.run,
        name=OFFERS,
        defaults={"finished_at": work.at + timedelta(seconds=seconds), "seconds": round(seconds, 3), "facts": facts},
    )
