"""The charts themselves, each from the data and the method that its page is about."""

from collections.abc import Callable
from datetime import date

import duckdb
import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis import _

from guanxi.analytical.basket import PersonalFrequency, accuracies, known_and_target, recommend
from guanxi.analytical.satisfaction import servqual
from guanxi.analytical.scoring import Features, assess
from guanxi.analytical.uplift import Learner, Trial, cross_fitted, qini_curve, response
from guanxi.analytical.value import (
    Contracts,
    Histories,
    Statistics,
    constant_retention,
    expected_purchases,
    fit_bg_nbd,
    fit_pareto_nbd,
    fit_sbg,
    purchase_days,
    same_rate,
    survival,
)
from tests.drawing.plot import Axis, Plot
from tests.truths.conftest import CARRIED, beside, cdnow_cohort, cdnow_lines
from tests.truths.test_next_basket_of_complete_journey import BASKETS
from tests.truths.test_sbg_of_fader_hardie_2007 import KNOWN, REGULAR

WEEKS = 78
LAST_DAY = date(1998, 6, 30)
PERCENT = "{:.0%}".format


def tracking() -> Plot:
    """Repeat purchases of CDNOW's sample week by week, beside what the models fitted to 39 weeks expect."""
    cohort = cdnow_cohort("sample")
    models = {"BG/NBD": fit_bg_nbd, "Pareto/NBD": fit_pareto_nbd}
    days = purchase_days(cdnow_lines("sample"), LAST_DAY, count_free=True).filter(_.is_purchase)
    first = days.group_by("party").aggregate(first=_.day.min()).to_pyarrow()["first"].to_numpy().astype("datetime64[D]")
    every = days.select("day").to_pyarrow()["day"].to_numpy().astype("datetime64[D]")
    start = first.min()
    weeks = np.arange(1, WEEKS + 1)
    until = start + weeks * 7
    actual = np.searchsorted(np.sort(every), until) - np.searchsorted(np.sort(first), until)
    plot = Plot(
        "CDNOW: repeat purchase days, forecast from week 39",
        Axis("week", 0, WEEKS, range(0, WEEKS + 1, 13)),
        Axis("purchase days so far", 0, 5000, range(0, 5001, 1000), "{:,.0f}".format),
    )
    plot.line("bought", weeks, actual)
    new, born = np.unique(first, return_counts=True)
    for name, fit in models.items():
        model = fit(Statistics.of(cohort.histories))
        nobody = Histories.of([0.0], [0.0], [0.0])
        plot.line(
            name, weeks, [_expected(model, nobody, (end - new).astype(float) / 7, born) for end in until], dashed=True
        )
    plot.rule(39, "known until here")
    return plot


def _expected(model: object, nobody: Histories, weeks: np.ndarray, born: np.ndarray) -> float:
    since = weeks > 0
    each = [float(expected_purchases(model, nobody, horizon=time)[0]) for time in weeks[since]]  # type: ignore[arg-type]
    return float(np.dot(each, born[since]))


def by_frequency() -> Plot:
    """Purchases in the hold-out by purchases before it."""
    cohort = cdnow_cohort("sample")
    bins = np.minimum(cohort.histories.frequency, 7).astype(int)
    counted = Statistics.of(cohort.histories)
    figures = {
        "bought": cohort.future_days,
        "BG/NBD": expected_purchases(fit_bg_nbd(counted), cohort.histories, horizon=39),
        "same rate": same_rate(cohort.histories, horizon=39),
        "Pareto/NBD": expected_purchases(fit_pareto_nbd(counted), cohort.histories, horizon=39),
    }
    plot = Plot(
        "CDNOW: the next 39 weeks by the 39 before",
        Axis("repeat purchase days in the first 39 weeks", -0.3, 7.3, range(8), lambda n: "7+" if n == 7 else f"{n:g}"),
        Axis("purchase days in the next", 0, 14, range(0, 15, 2)),
    )
    for name, values in figures.items():
        plot.line(name, range(8), [values[bins == each].mean() for each in range(8)], dashed=name != "bought")
    return plot


def calibration() -> Plot:
    """Chances told and what happened, by tenths of IBM's telephone customers."""
    table = pq.read_table(CARRIED / "telco_churn" / "customers.parquet")
    left = (table["Churn"].to_numpy(zero_copy_only=False) == "Yes").astype(float)
    curve = assess(Features.from_table(table.drop_columns(["Churn"])), left, seed=1).across.curve
    ticks = [each / 5 for each in range(6)]
    plot = Plot(
        "Telephone customers: chances to leave, by tenths",
        Axis("chance told beforehand", 0, 1, ticks, PERCENT),
        Axis("share that left", 0, 1, ticks, PERCENT),
    )
    told, seen = [point.predicted for point in curve], [point.observed for point in curve]
    plot.points(
        "left, with 95 % interval", told, seen, ([point.low for point in curve], [point.high for point in curve])
    )
    plot.line("as told", [0, 1], [0, 1], dashed=True)
    return plot


def qini() -> Plot:
    """Visits won by Hillstrom's women's mailing, the first customers first."""
    table = beside("hillstrom/hillstrom.parquet")
    table = table.filter(pc.not_equal(table["segment"], "Mens E-Mail"))
    known = ["recency", "history_segment", "history", "mens", "womens", "zip_code", "newbie", "channel"]
    treated = pc.equal(table["segment"], "Womens E-Mail").to_numpy()
    trial = Trial.of(Features.from_table(table.select(known)), treated, table["visit"].to_numpy())
    orders = {
        "T-learner": cross_fitted(trial, Learner.T, seed=1, repeats=2),
        "who visits anyway": response(trial, seed=1, repeats=2),
    }
    plot = Plot(
        "Women's mailing: visits won by treating the first customers",
        Axis("share of customers treated", 0, 1, [each / 5 for each in range(6)], PERCENT),
        Axis("visits won per 100 customers", 0, 5, range(6)),
    )
    share = np.linspace(0, 1, 101)
    for name, scores in orders.items():
        curve = qini_curve(scores.order, trial.treated, trial.outcome)
        plot.line(name, share, 100 * np.interp(share, curve.share, curve.won))
    plot.line("in any order", [0, 1], [0, 100 * float(curve.won[-1])], dashed=True)
    return plot


def survivors() -> Plot:
    """Customers of the regular segment who are still there, and what was said of them after seven years."""
    known, years = Contracts.of_cohort(REGULAR[:KNOWN]), np.arange(13)
    plot = Plot(
        "Contracts: who is still there",
        Axis("year", 0, 12, range(13)),
        Axis("share of the cohort", 0, 1, [each / 5 for each in range(6)], PERCENT),
    )
    plot.line("sBG", years, survival(fit_sbg(known), years))
    plot.line("one rate for all years", years, constant_retention(known) ** years, dashed=True)
    plot.points("stayed", years, REGULAR / 1000)
    plot.rule(KNOWN - 1, "known until here")
    return plot


def recall() -> Plot:
    """Share of the next basket's products that stood in a list of ten."""
    connection = duckdb.connect()
    for name in ("transactions", "products"):
        connection.register(name, beside(f"complete_journey/{name}.parquet"))
    plot = Plot(
        "A grocer's 2,400 households: the next basket in a list of ten",
        Axis("", -0.5, 1.5, range(2), lambda n: ("product types", "products")[int(n)]),
        Axis("recall", 0, 0.25, [each / 20 for each in range(6)], PERCENT),
    )
    found: dict[str, list[float]] = {"popularity": [], "personal": [], "personal then popular": []}
    for item in ("product_type", "product_id"):
        before, after = (
            connection.sql(BASKETS.format(item=item, which=which)).to_arrow_table()
            for which in ("between 2 and 50", "= 1")
        )
        known, target = known_and_target(before, after)
        lists = {
            "popularity": recommend(None, known),
            "personal": recommend(PersonalFrequency(), known, fill=False),
            "personal then popular": recommend(PersonalFrequency(), known),
        }
        for each in accuracies(lists, known, target):
            found[each.method].append(each.overall.recall)
    for place, (name, values) in enumerate(found.items()):
        plot.bars(name, [item + 0.24 * (place - 1) for item in range(2)], values, 0.22)
    return plot


def gaps() -> Plot:
    """Perception less expectation of 24 questions about kiosks."""
    table = pq.read_table(CARRIED / "kiosk_servqual" / "answers.parquet")
    items = [f"{number:02d}" for number in range(1, 25)]
    halves = (
        np.column_stack([table[f"{half}_{item}"].to_numpy().astype(float) for item in items])
        for half in ("expected", "perceived")
    )
    found = sorted(servqual(*halves, items).items, key=lambda gap: gap.gap)
    plot = Plot(
        "Kiosks: perception less expectation, with 95 % intervals",
        Axis("question, the greatest shortfall first", 0.4, 24.6, range(1, 25), lambda n: found[int(n) - 1].name),
        Axis("points of 7", -2.5, 0.5, [-2.5, -2, -1.5, -1, -0.5, 0, 0.5]),
    )
    bounds = [gap.low for gap in found], [gap.high for gap in found]
    plot.points("gap", range(1, 25), [gap.gap for gap in found], bounds)
    return plot


CHARTS: dict[str, Callable[[], Plot]] = {
    "tracking": tracking,
    "by-frequency": by_frequency,
    "calibration": calibration,
    "qini": qini,
    "survival": survivors,
    "recall": recall,
    "servqual": gaps,
}
