"""What customers will earn the company, once it has said its margin; and what is at stake with those who fell silent.

Profit within the horizon is the forecast that stands behind the expected value, whichever method made it, times the
margin, less what its purchase days and contacts cost. Further ahead only a model of purchases can see: `lifetime`. What
waking somebody would add is told by the MBG/NBD, where it beats the plain forecast.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.lifecycle import wake_ups
from guanxi.analytical.value import (
    Histories,
    PurchaseMethod,
    SpendMethod,
    Statistics,
    fit_gamma_gamma,
    fit_mbg_nbd,
)
from guanxi.foundation.files import completed
from guanxi.insight.refresh.forecasting import histories
from guanxi.insight.refresh.lifetime import value_lifetimes
from guanxi.insight.refresh.profit import expect_profit
from guanxi.insight.refresh.terms import terms_of
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.terms import LOSS, YEAR, Earned, Terms

WORTH = ("profit", "profit_low", "profit_high", "lifetime", "lifetime_low", "lifetime_high", "at_stake")


def value_customers(work: Work) -> dict[str, Any]:
    """Writes `worth`; answers the sums of all customers, null where unknown."""
    chosen = work.run.steps.get(name="models").facts
    if chosen["used"] is None:
        return {}
    terms, figures = terms_of(work), Figures.read(work.folder.statistics, work.day)
    bought = figures["days"] > 0
    known = histories(figures, bought)
    profit = _profit(work, terms, figures, chosen) if terms.is_profit else None
    lifetime = _lifetime(terms, known, chosen) if terms.discount is not None else None
    stake = _at_stake(terms, known, float(chosen["horizon"])) if chosen["wakes"] else None
    columns = dict.fromkeys(WORTH, np.full(len(known), np.nan))
    for found in filter(None, (profit, lifetime, stake)):
        columns |= found.columns
    with completed(work.folder.worth) as draft:
        pq.write_table(pa.table({"party": figures.parties[bought]} | columns), draft)
    return {
        "profit": profit and profit.total,
        "equity": lifetime and lifetime.total,
        "at_stake": stake and stake.total["expected"],
        "loss_makers": int((columns["profit"] <= LOSS).sum()),
        "lapsed": int(np.isfinite(columns["at_stake"]).sum()),
    }


def _profit(work: Work, terms: Terms, figures: Figures, chosen: dict[str, Any]) -> Earned:
    figures.beside(work.folder.record, ["contacts_year"])
    bought = figures["days"] > 0
    contacts = np.nan_to_num(figures["contacts_year"][bought]) * chosen["horizon"] / YEAR
    usual, forecast = figures["mean_value"][bought], pq.read_table(work.folder.forecast)
    return expect_profit(terms, forecast, chosen["total"], usual=usual, contacts=terms.contact_cost * contacts)


def _lifetime(terms: Terms, known: Histories, chosen: dict[str, Any]) -> Earned | None:
    return value_lifetimes(terms, known, PurchaseMethod(chosen["used"]), SpendMethod(chosen["spending"]))


def _at_stake(terms: Terms, known: Histories, horizon: float) -> Earned | None:
    """What surely waking each lapsed customer would add within the horizon; nan for the others."""
    try:
        purchases = fit_mbg_nbd(Statistics.of(known))
        spend = fit_gamma_gamma(known.frequency + 1, known.value)
    except NotEnoughDataError:
        return None
    found = wake_ups(purchases, spend, known, horizon=horizon, margin=terms.margin, cost=terms.contact_cost)
    stake = np.full(len(known), np.nan)
    stake[found.customers] = found.at_stake
    return Earned({"at_stake": stake}, {"expected": float(found.at_stake.sum())})
