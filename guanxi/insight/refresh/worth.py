"""What customers will earn the company, once it has said its margin; and what is at stake with those who fell silent.

Profit within the horizon is the forecast that stands behind the expected value, whichever method made it, times the
margin, less what its orders and contacts cost. Further ahead only a model of purchases can see: where one won, the
next five years are discounted. What waking somebody would add is told by the MBG/NBD, where it beats the plain
forecast.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.arrays import Array
from guanxi.analytical.lifecycle import wake_ups
from guanxi.analytical.value import (
    GammaGamma,
    Histories,
    Statistics,
    discounted_purchases,
    fit_gamma_gamma,
    fit_mbg_nbd,
    futures,
)
from guanxi.analytical.value.methods import PurchaseMethod, SpendMethod, forecast_purchases, forecast_spend
from guanxi.foundation.company.queries import current
from guanxi.foundation.files import completed
from guanxi.insight.refresh.forecasting import histories
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.figures import Figures
from guanxi.insight.scores.terms import YEAR, Terms

LIFETIME = 5 * YEAR
FEW, DRAWS, FEWER_DRAWS = 50_000, 400, 60  # of more customers than FEW, fewer futures are drawn
SEED = 1
WORTH = ("profit", "profit_low", "profit_high", "lifetime", "lifetime_low", "lifetime_high", "at_stake")


def value_customers(work: Work) -> dict[str, Any]:
    """Writes `worth`; answers the terms it was reckoned by, and the sums of all customers, null where unknown."""
    chosen = work.run.steps.get(name="models").facts
    if chosen["used"] is None:
        return {"terms": None}
    terms, horizon = Terms.of(current()), float(chosen["horizon"])
    figures = Figures.read(work.folder.statistics, work.day)
    bought = figures["days"] > 0
    known = histories(figures, bought)
    columns = dict.fromkeys(WORTH, np.full(len(known), np.nan))
    if terms.is_profit:
        figures.beside(work.folder.record, ["contacts_year"])
        contacts = np.nan_to_num(figures["contacts_year"][bought]) * horizon / YEAR
        columns |= _profit(terms, pq.read_table(work.folder.forecast), contacts)
    lifetime = _lifetime(terms, known, chosen) if terms.discount is not None else None
    columns |= lifetime.columns if lifetime else {}
    columns |= _at_stake(terms, known, horizon) if chosen.get("wakes") else {}
    with completed(work.folder.worth) as draft:
        pq.write_table(pa.table({"party": figures.parties[bought]} | columns), draft)
    return {"terms": asdict(terms), "equity": lifetime.equity if lifetime else None} | _sums(columns)


def _sums(columns: dict[str, Array]) -> dict[str, Any]:
    known = {name: columns[name][np.isfinite(columns[name])] for name in ("profit", "at_stake")}
    return {
        **{name: float(values.sum()) if len(values) else None for name, values in known.items()},
        "loss_makers": int((known["profit"] < 0).sum()),
        "lapsed": len(known["at_stake"]),
    }


def _profit(terms: Terms, forecast: pa.Table, contacts: Array) -> dict[str, Array]:
    """Margin on the expected value, with the bounds of that, less expected orders and contacts at last year's pace."""
    cost = terms.order_cost * forecast["expected_orders"].to_numpy() + terms.contact_cost * contacts
    ends = ("", "_low", "_high")
    return {f"profit{end}": terms.margin * forecast[f"expected_value{end}"].to_numpy() - cost for end in ends}


@dataclass(frozen=True)
class Lifetime:
    """Of each customer, and of all together: expected, low and high."""

    columns: dict[str, Array]
    equity: dict[str, float]


def _lifetime(terms: Terms, known: Histories, chosen: dict[str, Any]) -> Lifetime | None:
    """Discounted profit of five years; None where the plain forecast won, for it knows no end.

    The bounds are those of the undiscounted futures, each discounted as the customer's expectation is.
    """
    method, spending = PurchaseMethod(chosen["used"]), SpendMethod(chosen["value"].split("*")[1])
    plain, model = forecast_purchases(method, known, LIFETIME)
    if model is None or isinstance(model, GammaGamma):
        return None
    each, spend = forecast_spend(spending, known)
    ahead = discounted_purchases(model, known, horizon=LIFETIME, discount=terms.daily)
    worth_now = np.divide(ahead, plain, out=np.zeros(len(ahead)), where=plain > 0)
    spend = spend if isinstance(spend, GammaGamma) else None
    drawn = futures(
        model, known, horizon=LIFETIME, seed=SEED, spend=spend, draws=DRAWS if len(known) <= FEW else FEWER_DRAWS
    )
    expected = terms.profit(ahead, ahead * each)
    bounds = []
    for end in ("low", "high"):
        count = getattr(drawn.purchases, end)
        sales = getattr(drawn.value, end) if drawn.value else count * each
        bounds.append(worth_now * terms.profit(count, sales))
    low, high = np.minimum(bounds[0], expected), np.maximum(bounds[1], expected)
    total, reach = float(expected.sum()), drawn.group_value or drawn.group_purchases
    middle = float((plain * each).sum()) if drawn.group_value else float(plain.sum())
    return Lifetime(
        {"lifetime": expected, "lifetime_low": low, "lifetime_high": high},
        {"expected": total, "low": total * float(reach.low[0]) / middle, "high": total * float(reach.high[0]) / middle},
    )


def _at_stake(terms: Terms, known: Histories, horizon: float) -> dict[str, Array]:
    """What surely waking each lapsed customer would add within the horizon; nan for the others."""
    try:
        purchases = fit_mbg_nbd(Statistics.of(known))
        spend = fit_gamma_gamma(known.frequency + 1, known.value)
    except NotEnoughDataError:
        return {}
    found = wake_ups(purchases, spend, known, horizon=horizon, margin=terms.margin, cost=terms.contact_cost)
    stake = np.full(len(known), np.nan)
    stake[found.customers] = found.at_stake
    return {"at_stake": stake}
