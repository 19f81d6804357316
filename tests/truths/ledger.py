"""Every published figure beside ours: `python -m tests.truths.ledger` writes docs/proofs/truths.md anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guanxi.analytical import experiments, satisfaction, scoring, staffing, uplift, value
from guanxi.analytical.value.expectation import active_share
from tests.truths import test_bank_marketing_of_moro_et_al_2014 as bank
from tests.truths import test_hillstrom_challenge_2008 as hillstrom
from tests.truths import test_next_basket_of_complete_journey as grocer
from tests.truths import test_recommendations_of_movielens as movielens
from tests.truths import test_sbg_of_fader_hardie_2007 as contracts
from tests.truths.conftest import CARRIED, Cohort, beside, cdnow_cohort

PAGE = Path(__file__).parents[2] / "docs" / "proofs" / "truths.md"
WEEKS = 39.0


@dataclass(frozen=True)
class Truth:
    """One figure. published, ours: to be equal within `within`. test: where more of the same is tested."""

    source: str
    figure: str
    published: float
    ours: Callable[[], float]
    within: float
    test: str

    @property
    def digits(self) -> int:
        """As many as the published figure has."""
        return len(f"{self.published!r}".partition(".")[2].rstrip("0")) if self.published % 1 else 0

    @property
    def row(self) -> str:
        """A row of the table."""
        return f"| {self.figure} | {self.published:,.{self.digits}f} | {self.ours():,.{self.digits}f} | `{self.test}` |"


@cache
def sample() -> Cohort:
    """CDNOW, one customer in ten."""
    return cdnow_cohort("sample")


@cache
def full() -> Cohort:
    """CDNOW, all."""
    return cdnow_cohort("master")


@cache
def fitted(kind: str, everybody: bool = False) -> Any:
    """A model of CDNOW."""
    fits = {"BG": value.fit_bg_nbd, "MBG": value.fit_mbg_nbd, "Pareto": value.fit_pareto_nbd}
    return fits[kind](value.Statistics.of((full() if everybody else sample()).histories))


@cache
def expected(kind: str, everybody: bool = False) -> np.ndarray:
    """What a model expects of CDNOW's customers in the second 39 weeks."""
    model, cohort = fitted(kind, everybody), full() if everybody else sample()
    return value.expected_purchases(model, cohort.histories, horizon=WEEKS)


def parameters(kind: str, everybody: bool, names: str, printed: tuple[float, ...], test: str) -> Iterator[Truth]:
    """The parameters of a model of CDNOW."""
    source = "CDNOW, all 23,570 customers" if everybody else "CDNOW, one in ten"
    for name, figure in zip(names.split(), printed, strict=True):
        within = 0.51 * 10 ** -len(repr(figure).partition(".")[2])
        yield Truth(
            source, f"{kind}/NBD, {name}", figure, lambda n=name: getattr(fitted(kind, everybody), n), within, test
        )


def cdnow() -> Iterator[Truth]:
    """Fader & Hardie's data, the figures of the papers, of the R packages BTYD and CLVTools, and of lifetimes."""
    at = "test_bg_nbd_of_fader_hardie_lee_2005.py"
    ten, all_ = "CDNOW, one in ten", "CDNOW, all 23,570 customers"
    customer = value.Histories.of([26], [30 + 6 / 7], [31])
    yield from parameters("BG", False, "r alpha a b", (0.2426, 4.4136, 0.7929, 2.4259), at)
    yield Truth(ten, "BG/NBD, log-likelihood", -9582.429, lambda: fitted("BG").report.log_likelihood, 0.0006, at)
    yield Truth(
        ten, "BG/NBD, customer 1516 still active", 0.96885, lambda: active_share(fitted("BG"), customer)[0], 1e-5, at
    )
    yield Truth(
        ten, "BG/NBD, customer 1516 in 52 weeks", 25.757,
        lambda: value.expected_purchases(fitted("BG"), customer, horizon=52)[0], 0.002, at,
    )  # fmt: skip
    for x, figure in enumerate((0.225, 0.523, 1.044, 1.520, 2.164, 2.654)):
        yield Truth(
            ten, f"BG/NBD, next 39 weeks after {x} repeats", figure, lambda x=x: by_frequency("BG", x), 0.0015, at
        )
    at = "test_pareto_nbd_of_schmittlein_et_al_1987.py"
    yield from parameters("Pareto", False, "r alpha s beta", (0.5533, 10.5777, 0.6062, 11.6687), at)
    yield Truth(
        ten, "Pareto/NBD, log-likelihood", -9594.976, lambda: fitted("Pareto").report.log_likelihood, 0.0006, at
    )
    yield Truth(
        ten, "Pareto/NBD, a newcomer in 52 weeks", 1.473434,
        lambda: value.expected_purchases(fitted("Pareto"), value.Histories.of([0], [0], [0]), horizon=52)[0], 5e-5, at,
    )  # fmt: skip
    yield Truth(
        ten, "Pareto/NBD, customer 1516 in 52 weeks", 25.45647,
        lambda: value.expected_purchases(fitted("Pareto"), customer, horizon=52)[0], 0.002, at,
    )  # fmt: skip
    yield Truth(
        ten, "Pareto/NBD, customer 1516 still active", 0.997874,
        lambda: value.probability_alive(fitted("Pareto"), customer)[0], 2e-6, at,
    )  # fmt: skip
    for x, figure in ((10, 0.70623), (15, 0.14424), (20, 0.022507), (25, 0.003093)):
        yield Truth(
            ten, f"Pareto/NBD, 52 weeks after {x} repeats and 19 silent weeks", figure,
            lambda x=x: value.expected_purchases(fitted("Pareto"), value.Histories.of([x], [20], [39]), horizon=52)[0],
            0.002 * figure, at,
        )  # fmt: skip
    for x, figure in enumerate((0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403)):
        name = f"Pareto/NBD, next 39 weeks after {x}{'+' if x == 7 else ''} repeats"
        yield Truth(ten, name, figure, lambda x=x: by_frequency("Pareto", x), 0.0015, at)
    at = "test_mbg_nbd_of_batislam_et_al_2007.py"
    yield from parameters("MBG", False, "r alpha a b", (0.525, 6.183, 0.891, 1.614), at)
    at = "test_gamma_gamma_of_fader_hardie_2013.py"
    for name, figure in (("p", 6.2496), ("q", 3.7442), ("gamma", 15.4435)):
        yield Truth(ten, f"gamma-gamma, {name}", figure, lambda n=name: getattr(spending(), n), 0.0006, at)
    yield Truth(ten, "gamma-gamma, log-likelihood", -4055.9177, lambda: spending().report.log_likelihood, 0.0005, at)
    at = "test_cdnow_holdout.py"
    for x, figure in enumerate((0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359)):
        name = f"bought in the next 39 weeks after {x}{'+' if x == 7 else ''} repeats"
        yield Truth(ten, name, figure, lambda x=x: sample().future_days[_bins() == x].mean(), 0.0006, at)
    for kind, total, mae, rmse in (("BG", 1653.4, 0.7855, 1.6080), ("Pareto", 1665.5, 0.7545, 1.6028)):
        yield Truth(ten, f"{kind}/NBD, total of the hold-out", total, lambda k=kind: expected(k).sum(), 0.06, at)
        yield Truth(ten, f"{kind}/NBD, mean absolute error", mae, lambda k=kind: np.abs(_errors(k)).mean(), 6e-5, at)
        yield Truth(
            ten, f"{kind}/NBD, root mean square error", rmse, lambda k=kind: (_errors(k) ** 2).mean() ** 0.5, 6e-5, at
        )
    yield Truth(
        ten, "mean absolute error of forecasting nothing", 0.7985, lambda: float(sample().future_days.mean()), 6e-5, at
    )
    yield Truth(
        ten, "same rate, total", 2930.0, lambda: value.same_rate(sample().histories, horizon=WEEKS).sum(), 0.5, at
    )
    yield from parameters("BG", True, "r alpha a b", (0.2516, 4.7889, 0.7234, 2.1611), at)
    yield from parameters("Pareto", True, "r alpha s beta", (0.5974, 11.5857, 0.5222, 8.8278), at)
    for kind, likelihood, total, mae in (
        ("BG", -95_368.44, 16_874.0, 0.8187),
        ("Pareto", -95_415.12, 17_153.0, 0.7938),
    ):
        log = f"{kind}/NBD, log-likelihood"
        yield Truth(all_, log, likelihood, lambda k=kind: fitted(k, True).report.log_likelihood, 0.01, at)
        yield Truth(all_, f"{kind}/NBD, total of the hold-out", total, lambda k=kind: expected(k, True).sum(), 0.6, at)
        yield Truth(
            all_, f"{kind}/NBD, mean absolute error", mae, lambda k=kind: np.abs(_errors(k, True)).mean(), 6e-5, at
        )
    yield Truth(all_, "bought in the hold-out", 19_684.0, lambda: float(full().future_days.sum()), 0.1, at)
    ranked = (
        ("what the MBG/NBD expects", 0.765, lambda: expected("MBG", True)),
        ("recency", 0.759, lambda: -value.hiatus(full().histories)),
        ("BG/NBD's chance to be alive", 0.319, lambda: active_share(fitted("BG", True), full().histories)),
    )
    for name, figure, order in ranked:
        yield Truth(
            all_, f"AUC of who buys again, by {name}", figure,
            lambda o=order: value.area_under_curve(o(), full().future_days > 0), 0.0006, at,
        )  # fmt: skip


@cache
def spending() -> value.GammaGamma:
    """The gamma-gamma of CDNOW's repeat purchases, as the note fits it."""
    some = sample().histories.frequency > 0
    return value.fit_gamma_gamma(sample().histories.frequency[some], sample().repeat_value[some])


def by_frequency(kind: str, repeats: int) -> float:
    """Mean of what is expected of those with so many repeats; 7 stands for more too."""
    return float(expected(kind)[_bins() == repeats].mean())


def _bins() -> np.ndarray:
    return np.minimum(sample().histories.frequency, 7)


def _errors(kind: str, everybody: bool = False) -> np.ndarray:
    return expected(kind, everybody) - (full() if everybody else sample()).future_days


def donors() -> Iterator[Truth]:
    """Fader, Hardie & Shang (2010), and BTYD's walk-through."""
    at, source = "test_bg_bb_of_fader_hardie_shang_2010.py", "Donations 1995 to 2006"
    table = pq.read_table(CARRIED / "donations" / "summary.parquet")
    given = value.Opportunities.of(*(table[n].to_numpy() for n in ("frequency", "recency", "periods", "weights")))
    model = cache(lambda: value.fit_bg_bb(given))
    for name, figure in (("alpha", 1.20352), ("beta", 0.74972), ("gamma", 0.65672), ("delta", 2.78344)):
        yield Truth(source, f"BG/BB, {name}", figure, lambda n=name: getattr(model(), n), 1e-4, at)
    yield Truth(source, "BG/BB, log-likelihood", -33_225.581, lambda: model().report.log_likelihood, 0.001, at)  # type: ignore[union-attr]
    printed = value.BgBb(1.2035, 0.7497, 0.6568, 2.7838)
    for name, x, t_x, n, figure in (
        ("a newcomer", 0, 0, 0, 3.179805),
        ("who never gave again", 0, 0, 6, 0.1302169),
        ("who gave four times, the last in the fifth year", 4, 5, 6, 3.627858),
    ):
        yield Truth(
            source, f"BG/BB with the printed parameters: {name}, in ten years", figure,
            lambda x=x, t=t_x, n=n: value.expected_transactions(printed, value.Opportunities.of([x], [t], [n]), ahead=10)[0],
            2e-4, at,
        )  # fmt: skip
    never = (given.frequency == 0) & (given.recency == 0)
    yield Truth(source, "donors who never gave again", 3464.0, lambda: float(given.count[never].sum()), 0.1, at)


def cohorts() -> Iterator[Truth]:
    """Fader & Hardie (2007)."""
    at, source = "test_sbg_of_fader_hardie_2007.py", "Contracts of Berry & Linoff"
    for name, survivors, printed, likelihood in (
        ("high end", contracts.HIGH_END, (0.668, 3.806), -1611.2),
        ("regular", contracts.REGULAR, (0.704, 1.182), -1680.3),
    ):
        model = cache(lambda s=survivors: value.fit_sbg(value.Contracts.of_cohort(s[: contracts.KNOWN])))
        for parameter, figure in zip(("alpha", "beta"), printed, strict=True):
            yield Truth(
                source, f"sBG, {name}, {parameter}", figure, lambda m=model, p=parameter: getattr(m(), p), 0.0006, at
            )
        yield Truth(
            source, f"sBG, {name}, log-likelihood", likelihood, lambda m=model: m().report.log_likelihood, 0.06, at
        )


def counted(file: str, what: str) -> float:
    """One figure of a table that is not carried."""
    connection = duckdb.connect()
    connection.register("lines", beside(file))
    return float(connection.sql(f"select {what} from lines").fetchone()[0])  # type: ignore[index]


def wholesaler() -> Iterator[Truth]:
    """Chen, Sain & Guo (2012), UCI 352."""
    at, source = "test_online_retail_backtest.py", "Online Retail"

    for name, figure, what in (
        ("lines", 541_909.0, "count(*)"),
        ("customers", 4_372.0, 'count(distinct "CustomerID")'),
        ("lines without a customer", 135_080.0, 'count(*) filter ("CustomerID" is null)'),
        ("invoices", 25_900.0, 'count(distinct "InvoiceNo")'),
        ("cancellations", 3_836.0, """count(distinct "InvoiceNo") filter ("InvoiceNo" like 'C%')"""),
    ):
        yield Truth(source, name, figure, lambda w=what: counted("online_retail/online_retail.parquet", w), 0.1, at)


def trials() -> Iterator[Truth]:
    """Hillstrom (2008), Dehejia & Wahba (1999), Thornton (2008)."""
    at, source = "test_hillstrom_challenge_2008.py", "Hillstrom's mailings"
    means = {
        hillstrom.NONE: (10.617, 0.573, 0.6528),
        hillstrom.MENS: (18.276, 1.253, 1.4226),
        hillstrom.WOMENS: (15.140, 0.884, 1.0772),
    }
    for arm, figures in means.items():
        for outcome, figure, times in zip(("visit", "conversion", "spend"), figures, (100, 100, 1), strict=True):
            unit = " %" if times == 100 else ""
            yield Truth(
                source, f"{arm}, {outcome}{unit}", figure,
                lambda a=arm, o=outcome, t=times: mailed(a, o).mean_y * t, 0.0006 if times == 100 else 0.00006, at,
            )  # fmt: skip
    for arm, visit, z, spend, t in (
        (hillstrom.MENS, 7.659, 22.5, 0.770, 5.3),
        (hillstrom.WOMENS, 4.523, 13.9, 0.424, 3.26),
    ):
        yield Truth(source, f"{arm}, visits more, points", visit, lambda a=arm: _visits(a).difference * 100, 0.0006, at)
        yield Truth(
            source, f"{arm}, z of it", z, lambda a=arm: _visits(a).difference / _visits(a).standard_error, 0.06, at
        )
        yield Truth(source, f"{arm}, spent more", spend, lambda a=arm: _spent(a).difference, 0.0006, at)
        yield Truth(
            source, f"{arm}, t of it", t, lambda a=arm: _spent(a).difference / _spent(a).standard_error, 0.05, at
        )
    halves = cache(
        lambda: hillstrom.half_splits(hillstrom.mailing(hillstrom.WOMENS), uplift.Learner.T, uplift.Base.LINEAR)
    )
    yield Truth(
        source, "women's visits, T-learner: Qini coefficient (spread 0.01)", 0.0610, lambda: halves()[0], 0.01, at
    )
    yield Truth(
        source, "women's visits, T-learner: uplift at 30 % (spread 0.01)", 0.0674, lambda: halves()[1], 0.01, at
    )
    at, source = "test_cuped_of_deng_et_al_2013.py", "Job training, incentives"
    plain = cache(lambda: experiments.difference(*trained()))
    sharp = cache(lambda: experiments.difference(*experiments.adjusted(*trained())))
    for name, effect, figure, error in (
        ("", plain, 1794.34, 671.0),
        (", freed of earlier earnings", sharp, 1747.13, 669.0),
    ):
        yield Truth(source, f"earnings of 1978 more{name}", figure, lambda e=effect: e().difference, 0.006, at)
        yield Truth(source, f"standard error{name}", error, lambda e=effect: e().standard_error, 0.06, at)
    for arm, figure in ((0, 33.87), (1, 78.92)):
        name = ("without", "with")[arm]
        yield Truth(
            source, f"learned their result {name} an incentive, %", figure, lambda a=arm: learned(a) * 100, 0.006, at
        )


@cache
def mailed(arm: str, outcome: str) -> experiments.Moments:
    """Moments of an outcome in one arm."""
    table = beside("hillstrom/hillstrom.parquet")
    chosen = table.filter(pa.compute.equal(table["segment"], arm))
    return experiments.Moments.of(chosen[outcome].to_numpy())


def _visits(arm: str) -> experiments.Effect:
    return experiments.proportions(mailed(hillstrom.NONE, "visit"), mailed(arm, "visit"))


def _spent(arm: str) -> experiments.Effect:
    return experiments.difference(mailed(hillstrom.NONE, "spend"), mailed(arm, "spend"))


@cache
def trained() -> tuple[experiments.Moments, ...]:
    """Earnings after, with those before, of the arms."""
    table = pq.read_table(CARRIED / "rct_small" / "nsw.parquet").to_pandas()
    arms = (table[table["treat"] == arm] for arm in (0, 1))
    return tuple(experiments.Moments.of(arm["re78"].to_numpy(), arm["re75"].to_numpy()) for arm in arms)


def learned(arm: int) -> float:
    """Share that came for the result."""
    table = pq.read_table(CARRIED / "rct_small" / "thornton_hiv.parquet").to_pandas()
    return float(table["got"][table["any"] == arm].mean())


def lists() -> Iterator[Truth]:
    """The next basket, and films not seen yet."""
    at, source = "test_next_basket_of_complete_journey.py", "Complete Journey, the next basket"
    for name, figure, file in (("lines", 1_469_307.0, "transactions"), ("households described", 801.0, "demographics")):
        place = f"complete_journey/{file}.parquet"
        yield Truth(source, name, figure, lambda f=place: counted(f, "count(*)"), 0.1, at)
    both = cache(grocer.judged)
    for item, name, figures in (
        ("product_type", "types", (("popularity", 0.1589, 0.1642), ("personal", 0.2318, 0.2566), ("personal then popular", 0.2323, 0.2569))),
        ("product_id", "products", (("popularity", 0.0931, 0.0889), ("personal", 0.1746, 0.1887), ("personal then popular", 0.1749, 0.1889))),
    ):  # fmt: skip
        for method, recall, ndcg in figures:
            yield Truth(
                source,
                f"{name}, {method}: recall@10",
                recall,
                lambda i=item, m=method: both(i)[m].overall.recall,
                6e-5,
                at,
            )
            yield Truth(
                source, f"{name}, {method}: NDCG@10", ndcg, lambda i=item, m=method: both(i)[m].overall.ndcg, 6e-5, at
            )
    for item, name, figure in (("product_type", "types", 0.6048), ("product_id", "products", 0.4171)):
        yield Truth(source, f"{name}, bought before", figure, lambda i=item: both(i)["personal"].repeat_share, 6e-5, at)
    at, source = "test_recommendations_of_movielens.py", "MovieLens, films not seen yet"
    yield Truth(source, "most watched: recall@10", 0.0404, lambda: films().overall.recall, 0.0005, at)
    yield Truth(source, "most watched: NDCG@10", 0.0829, lambda: films().overall.ndcg, 0.0005, at)


@cache
def films() -> Any:
    """The most watched films as everybody's list."""
    connection = duckdb.connect()
    connection.register("ratings", beside("movielens_latest_small/ratings.parquet"))
    parts = (connection.sql(movielens.SPLIT.format(which=which)).to_arrow_table() for which in ("<=", ">"))
    return movielens.judged(movielens.known_and_target(*parts))["popularity"]


def chances() -> Iterator[Truth]:
    """Who subscribes, who leaves, who wins."""
    at, source = bank.__name__.rpartition(".")[2] + ".py", "Bank marketing (Moro et al. 2014)"
    calls = cache(lambda: pq.read_table(CARRIED / "bank_marketing" / "calls.parquet"))
    told = cache(lambda without: scored(calls(), "y", without, in_time=True))
    yield Truth(source, "success, %", 11.27, lambda: told(("duration",)).across.base_rate * 100, 0.006, at)
    yield Truth(source, "AUC of five folds", 0.792, lambda: np.mean(told(("duration",)).fold_aucs), 0.004, at)
    yield Truth(
        source, "AUC with the length of the call, which leaks", 0.935, lambda: np.mean(told(()).fold_aucs), 0.005, at
    )
    at, source = "test_telco_churn_of_ibm.py", "Telephone customers (IBM)"
    table = cache(lambda: pq.read_table(CARRIED / "telco_churn" / "customers.parquet"))
    ten = cache(lambda: [scored(table(), "Churn", (), seed=seed) for seed in range(1, 11)])
    yield Truth(source, "left, %", 26.54, lambda: ten()[0].across.base_rate * 100, 0.006, at)
    yield Truth(
        source,
        "AUC of five folds, mean of ten foldings",
        0.8451,
        lambda: np.mean([np.mean(e.fold_aucs) for e in ten()]),
        0.0005,
        at,
    )
    yield Truth(
        source,
        "average precision, likewise",
        0.654,
        lambda: np.mean([e.across.average_precision for e in ten()]),
        0.005,
        at,
    )
    yield Truth(source, "Brier score, likewise", 0.1355, lambda: np.mean([e.across.brier for e in ten()]), 0.0003, at)
    yield Truth(
        source, "lift of the first tenth, likewise", 2.86, lambda: np.mean([e.across.lift for e in ten()]), 0.04, at
    )
    at, source = "test_maven_pipeline_has_no_signal.py", "Maven's invented pipeline"

    deals = partial(counted, "maven_crm/sales_pipeline.parquet")
    closed = "deal_stage in ('Won', 'Lost')"
    yield Truth(source, "opportunities", 8800.0, lambda: deals("count(*)"), 0.1, at)
    for stage, figure in (("Won", 4238.0), ("Lost", 2473.0), ("Engaging", 1589.0), ("Prospecting", 500.0)):
        is_there = f"count(*) filter (deal_stage = '{stage}')"
        yield Truth(source, f"opportunities {stage}", figure, lambda w=is_there: deals(w), 0.1, at)
    yield Truth(
        source,
        "won of the closed, %",
        63.15,
        lambda: deals(f"100 * avg((deal_stage = 'Won')::int) filter ({closed})"),
        0.006,
        at,
    )
    yield Truth(source, "revenue", 10_005_534.0, lambda: deals("sum(close_value)"), 0.5, at)


def scored(
    table: pa.Table, outcome: str, without: tuple[str, ...], *, seed: int = 1, in_time: bool = False
) -> scoring.Assessment:
    """A propensity for a column of yes and no, judged."""
    happened = np.char.lower(table[outcome].to_numpy(zero_copy_only=False).astype(str)) == "yes"
    features = scoring.Features.from_table(table.drop_columns([outcome, *without]))
    return scoring.assess(features, happened, seed=seed, order=np.arange(len(happened)) if in_time else None)


def service() -> Iterator[Truth]:
    """Kiosks, calls, tables."""
    at, source = "test_kiosk_servqual_of_2019.py", "Kiosks in Korea (2019)"
    for name, figure, ours in (
        ("expectation", 5.974, lambda: kiosks().overall.expectation),
        ("perception", 4.872, lambda: kiosks().overall.perception),
        ("gap", -1.102, lambda: kiosks().overall.gap),
        ("alpha of expectations", 0.879, lambda: kiosks().expectations.alpha),
        ("alpha of perceptions", 0.907, lambda: kiosks().perceptions.alpha),
    ):
        yield Truth(source, name, figure, ours, 0.0006, at)
    at, source = "test_staffing_of_a_hundred_calls.py", "100 calls in half an hour"
    found = cache(
        lambda: staffing.staff(100, 1800, 180, staffing.Target(within=20, answered=0.8, occupancy=0.85, shrinkage=0.3))
    )
    yield Truth(source, "agents", 14.0, lambda: float(found().agents), 0.1, at)
    yield Truth(source, "positions", 20.0, lambda: float(found().positions), 0.1, at)
    for name, figure in (("answered_within", 0.888), ("occupancy", 0.714), ("waits", 0.174)):
        yield Truth(source, name.replace("_", " "), figure, lambda n=name: getattr(found().queue, n), 0.0006, at)
    at, source = "test_staffing_of_a_banks_calls_2003.py", "A bank's calls, five minutes each"
    yield Truth(source, "calls in five minutes, mean", 192.1, lambda: calls_of_bank().mean(), 0.06, at)
    for name, figure, days in (
        ("the day before", 23.8, (1,)),
        ("a week before", 25.9, (5,)),
        ("the mean of twenty days", 18.6, tuple(range(1, 21))),
        ("the mean of four such weekdays", 19.6, (5, 10, 15, 20)),
    ):
        yield Truth(source, f"error of {name} in the last ten days", figure, lambda d=days: _error_of(d), 0.06, at)


@cache
def kiosks() -> satisfaction.Servqual:
    """The 24 pairs of questions."""
    table = pq.read_table(CARRIED / "kiosk_servqual" / "answers.parquet")
    items = [f"{number:02d}" for number in range(1, 25)]
    halves = (
        np.column_stack([table[f"{half}_{i}"].to_numpy().astype(float) for i in items])
        for half in ("expected", "perceived")
    )
    return satisfaction.servqual(*halves, items)


@cache
def calls_of_bank() -> np.ndarray:
    """Days by intervals."""
    return beside("bank_calls_5min/fpp3_bank_calls.parquet")["Calls"].to_numpy().reshape(164, 169).astype(float)


def _error_of(days_back: tuple[int, ...]) -> float:
    """Mean absolute error when the mean of earlier days is the forecast."""
    calls = calls_of_bank()
    told = [np.mean([calls[day - back] for back in days_back], axis=0) for day in range(154, 164)]
    return float(np.abs(calls[154:164] - told).mean())


TRUTHS = [truth for part in (cdnow, donors, cohorts, wholesaler, trials, lists, chances, service) for truth in part()]

HEAD = """# Truths

Written by `python -m tests.truths.ledger`: figures that papers, reference implementations and the makers of the data published, and what
the engine gives. `tests/truths` fails when one of them drifts further than its last digit allows, or than the spread that is named.
"""

TAIL = """
## Shown by simulation, by long runs or by rank

| promise | published or asked for | where |
|---|---|---|
| twenty looks at nothing: false alarms of the usual interval, of the sequence | about 25 %; at most 6 %, 1 % expected | `test_a_a_with_twenty_looks.py` (4,000 runs) |
| campaigns over the wholesaler's past: false alarms | at most 9 % and 6 % | `test_a_a_on_the_wholesalers_past.py` |
| power for a fifth more buyers on 10 % with 10,000 in each arm | at least 0.9 | `test_a_a_with_twenty_looks.py` |
| CUPED: variance left | 1 − ρ² | `test_cuped_of_deng_et_al_2013.py` |
| Dunnett's table of 1964, one to nine treatments | printed digits | `test_dunnett_of_1964.py` |
| 90 % Qini intervals of random orders that hold 0 | 84 to 96 % | `tests/analytical/uplift/test_judgement.py` |
| residual transactions, discounted (DERT) | closed form, six digits | `test_dert_of_fader_hardie_lee_2005.py` |
| time split of the bank's calls | about 0.667 by a plain logistic regression, ours higher | `test_bank_marketing_of_moro_et_al_2014.py` |
| Maven's deals | AUC 0.497 to 0.531: no signal, so no score | `test_maven_pipeline_has_no_signal.py` |
| personal frequency over popularity | at least 40 % (types) and 80 % (products) | `test_next_basket_of_complete_journey.py` |
| MovieLens: neighbours, EASE | 0.0705 and 0.0782 recall@10 | `test_recommendations_of_movielens.py` |
| FEBRL 1 to 4, pairs and clusters | at least Splink's F1: 1.000, 0.998, 0.998, 1.000 | `test_identity_of_febrl.py` |
| historical persons | clusters better than Splink's F1 of 0.822 | `test_identity_of_historical_persons.py` |
| Chinese contacts | F1 of 0.98 | `test_identity_of_chinese_contacts.py` |

Not offered by the engine, and so not compared: TIFU-KNN and ALS (recommendation), credit (Altman, German and Taiwanese loans), routing of
messages, times until a case is closed.
"""


def page() -> str:
    """The whole document, with the figures of today."""
    parts = [HEAD]
    for source, truths in groupby(TRUTHS, key=lambda truth: truth.source):
        rows = "\n".join(truth.row for truth in truths)
        parts.append(f"## {source}\n\n| figure | published | ours | test |\n|---|---:|---:|---|\n{rows}\n")
    return "\n".join([*parts, TAIL.lstrip("\n")])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
