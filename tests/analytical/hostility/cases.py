"""A working call of every public function of the engine. A new function without one fails `test_hostile_input`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from guanxi.analytical import basket, experiments, lifecycle, satisfaction, scoring, segments, staffing, uplift, value
from guanxi.analytical.identity.resolution import resolve
from tests.analytical.hostility.inputs import Arguments, Case

DAY = date(2024, 12, 31)
RNG = np.random.default_rng(1)
SIZE = 60

CASES: dict[str, Case] = {}


def case(
    call: Callable[..., Any], *unbounded: str, kept: tuple[str, ...] = (), never: tuple[str, ...] = (), **usual: Any
) -> None:
    """Note the working call of one function under its own name."""
    name = f"{call.__module__}.{call.__qualname__}"
    assert name not in CASES
    CASES[name] = Case(call, usual, frozenset(unbounded), frozenset({"seed", *kept}), frozenset(never))


def _lines() -> pa.Table:
    """Sixty customers, five orders each over two years, of ten items in three categories; one in nine a return."""
    number = np.arange(5 * SIZE)
    return pa.table(
        {
            "party": pa.array(number % SIZE),
            "at": np.datetime64("2023-01-05", "us") + RNG.integers(0, 720, len(number)) * np.timedelta64(1, "D"),
            "amount": np.where(number % 9 == 0, -1.0, 1.0) * RNG.lognormal(3, 1, len(number)),
            "order_id": pa.array(number),
            "item": [f"item {i}" for i in number % 10],
            "category": [f"category {i}" for i in number % 3],
            "is_own": pa.array(number % 2 == 0),
        }
    )


def _rows(expression: Any) -> pa.Table:
    return expression.to_pyarrow()


LINES = ibis.memtable(_lines())
STATISTICS = _rows(value.purchase_statistics(LINES, DAY))
SNAPSHOT = _rows(lifecycle.churn_snapshot(LINES, DAY, horizon=120))
GAPS_TABLE = _rows(lifecycle.gap_statistics(LINES, DAY))
CATEGORY_GAPS = _rows(basket.category_gaps(LINES, DAY))
COUNTS, LATER = (
    _rows(basket.item_counts(LINES, until, after=after))
    for until, after in ((date(2024, 6, 30), None), (DAY, date(2024, 6, 30)))
)

HISTORIES = value.Histories.from_table(STATISTICS)
FREQUENCY, RECENCY, SPAN, WORTH = HISTORIES.frequency, HISTORIES.recency, HISTORIES.T, HISTORIES.value
FUTURE = RNG.poisson(0.5, len(HISTORIES)).astype(np.float64)
MBG, PARETO, SPEND = (
    value.MbgNbd(0.5, 40.0, 0.9, 1.6),
    value.ParetoNbd(0.5, 40.0, 0.6, 80.0),
    value.GammaGamma(6.0, 4.0, 16.0),
)
BGBB, SBG = value.BgBb(1.2, 0.75, 0.66, 2.8), value.Sbg(0.7, 1.2)
OFFERED = np.full(SIZE, 6.0)
TAKEN = RNG.integers(0, 5, SIZE).astype(np.float64)
OPPORTUNITIES = value.Opportunities.of(TAKEN, np.where(TAKEN > 0, TAKEN + 1, 0), OFFERED)
CONTRACTS = value.Contracts.of_cohort([1000.0, 631.0, 468.0, 382.0, 326.0])
BACKTEST = value.backtest(HISTORIES, FUTURE, FUTURE * 20, horizon=90.0)

HAPPENED = (RNG.random(400) < 0.4).astype(np.float64)
AGE = RNG.normal(40, 10, 400) + 5 * HAPPENED
CITY = np.where(RNG.random(400) < 0.5, "Xi'an", "Wuhan")
FEATURES = scoring.Features.of({"age": AGE}, {"city": CITY})
PROPENSITY = scoring.fit_propensity(FEATURES, HAPPENED, seed=1)
TREATED = (np.arange(400) % 2).astype(np.float64)
TRIAL = uplift.Trial.of(FEATURES, TREATED, HAPPENED)
SCORES = uplift.at_random(TRIAL, seed=1)

KNOWN, TARGET = basket.known_and_target(COUNTS, LATER)
RULES = basket.associations(KNOWN, least=1)
NEIGHBOURS = basket.fit_item_neighbours(KNOWN)
LISTS = {name: basket.recommend(None, KNOWN, k=10) for name in ("popularity", "again")}
REPLENISHMENT = basket.replenishment(CATEGORY_GAPS)

PAST = lifecycle.PastGaps.from_table(GAPS_TABLE)
CYCLE = lifecycle.fit_cycle(PAST.logarithms)

DESIGN = experiments.Design("spring", (experiments.Arm("none", 0.5), experiments.Arm("mail", 0.5)), "2024", 0.1)
GIVEN = experiments.assign_all(DESIGN, range(400))
LOG = experiments.Log.of(DESIGN, GIVEN, HAPPENED)
RULE = LOG.rule("mail") * 0.5 + LOG.rule("none") * 0.5
CONTROL, TREATMENT = (experiments.Moments.of(RNG.normal(mean, 1, 200), RNG.normal(1, 1, 200)) for mean in (1.0, 1.2))
SHARE, OTHER_SHARE = experiments.Moments.of_count(200, 40), experiments.Moments.of_count(200, 60)
EFFECT = experiments.difference(CONTROL, TREATMENT)
ALLOCATION = experiments.allocate_by_share({"none": SHARE, "mail": OTHER_SHARE}, seed=1, draws=200)
UNITS = ibis.memtable(pa.table({"arm": ["a", "b"] * 30, "y": RNG.lognormal(0, 1, SIZE), "x": RNG.normal(size=SIZE)}))

ANSWERS = RNG.integers(0, 11, SIZE).astype(np.float64)
RATINGS = satisfaction.Ratings.of(ANSWERS, lowest=0, highest=10)
MEASURE = satisfaction.ces(RATINGS)
SCALE = np.clip(RNG.normal(4, 1, (SIZE, 4)) + RNG.normal(0, 1, (SIZE, 1)), 1, 7)
PROFIT, DURATION = RNG.normal(100, 80, SIZE), RNG.uniform(0, 700, SIZE)
PART = RNG.random(SIZE)
AXES = [
    segments.Axis.of(name, values, [100.0], ("low", "high"))
    for name, values in (("profit", PROFIT), ("days", DURATION))
]
POLICIES = [("gold", {}), ("silver", {}), ("iron", {})]
NAMES = ("low", "high")
PLACES = np.arange(SIZE) % 2
TARGETED = staffing.Target(answered=0.8, within=20.0)

# --- value ---
case(value.purchase_statistics, lines=LINES, as_of=DAY)
case(value.purchase_days, lines=LINES, as_of=DAY)
case(value.outcomes, lines=LINES, after=date(2024, 6, 30), until=DAY)
case(value.calibration_and_holdout, lines=LINES, as_of=date(2024, 6, 30), days=90)
case(value.count_histories, statistics=ibis.memtable(STATISTICS))
case(value.rfm, lines=LINES, as_of=DAY)
case(value.rfm_scores, statistics=ibis.memtable(STATISTICS))
case(value.Histories.of, frequency=FREQUENCY, recency=RECENCY, T=SPAN, value=WORTH)
case(value.Histories.from_table, table=STATISTICS)
case(value.Statistics.of, histories=HISTORIES)
case(value.Statistics.counted, frequency=FREQUENCY, recency=RECENCY, T=SPAN, count=np.ones_like(SPAN))
case(value.Opportunities.of, frequency=TAKEN, recency=OPPORTUNITIES.recency, offered=OFFERED, count=OPPORTUNITIES.count)
case(value.Contracts.of, cancelled=CONTRACTS.cancelled, going_on=CONTRACTS.going_on)
case(value.Contracts.of_cohort, survivors=[1000.0, 631.0, 468.0])
for fit in (value.fit_bg_nbd, value.fit_mbg_nbd, value.fit_pareto_nbd):
    case(fit, statistics=value.Statistics.of(HISTORIES))
case(value.fit_bg_bb, opportunities=OPPORTUNITIES)
case(value.fit_sbg, contracts=CONTRACTS)
case(value.fit_gamma_gamma, count=FREQUENCY + 1, value=WORTH)
case(value.expected_purchases, model=MBG, histories=HISTORIES, horizon=90.0)
case(value.discounted_purchases, model=PARETO, histories=HISTORIES, horizon=90.0, discount=0.0003)
case(value.expected_value, purchases=MBG, spend=SPEND, histories=HISTORIES, horizon=90.0, discount=0.0003)
case(
    value.expected_profit,
    purchases=PARETO,
    spend=SPEND,
    histories=HISTORIES,
    cost_to_serve=np.ones(len(HISTORIES)),
    margin=0.4,
    horizon=90.0,
    discount=0.0003,
)
case(value.expected_spend, model=SPEND, count=FREQUENCY + 1, value=WORTH)
case(value.expected_transactions, model=BGBB, opportunities=OPPORTUNITIES, ahead=5)
case(value.probability_alive, model=MBG, histories=HISTORIES)
case(value.probability_active_next, model=BGBB, opportunities=OPPORTUNITIES)
case(value.survival, model=SBG, periods=np.arange(5.0))
case(value.retention_rate, model=SBG, periods=np.arange(1.0, 5.0))
case(value.residual_lifetime, model=SBG, renewals=np.arange(5.0), discount=0.1)
case(value.constant_retention, contracts=CONTRACTS)
case(value.same_rate, histories=HISTORIES, horizon=90.0)
case(value.same_share, opportunities=OPPORTUNITIES, ahead=5)
case(value.personal_mean, histories=HISTORIES)
case(value.hiatus, histories=HISTORIES)
case(
    value.backtest,
    "total_error",
    "top_decile_share",
    histories=HISTORIES,
    future_days=FUTURE,
    future_sales=FUTURE * 20,
    horizon=90.0,
)
case(value.forecast, histories=HISTORIES, backtests=(BACKTEST,))
case(value.futures, purchases=MBG, histories=HISTORIES, horizon=90.0, seed=1, spend=SPEND, draws=20, level=0.8)
case(value.area_under_curve, forecast=AGE, happened=HAPPENED)
case(value.top_share, "", forecast=AGE, actual=HAPPENED, share=0.1)

# --- lifecycle ---
case(lifecycle.gap_statistics, lines=LINES, as_of=DAY)
case(lifecycle.PastGaps.from_table, table=GAPS_TABLE)
case(lifecycle.PastGaps.of, gaps=[[3.0, 4.0], [30.0]], elapsed=[1.0, 2.0])
case(lifecycle.Gaps.of, count=PAST.count, log_sum=PAST.log_total, log_squares=PAST.log_squares)
case(lifecycle.fit_cycle, gaps=PAST.logarithms)
case(lifecycle.next_gap_scores, "mae", "coverage", gaps=PAST)
case(lifecycle.next_gaps, gaps=PAST, method=lifecycle.GapMethod.LOG_NORMAL)
case(lifecycle.nearest_gap_method, scores=lifecycle.next_gap_scores(PAST))
case(lifecycle.churn_snapshot, lines=LINES, as_of=DAY, horizon=120)
case(lifecycle.churn_features, never=("statistics mean_value negative",), statistics=ibis.memtable(STATISTICS))
case(lifecycle.assess_churn, latest=SNAPSHOT, horizon=120.0, seed=1)
case(
    lifecycle.churn_chances,
    model=scoring.calibrated(
        scoring.Features.from_table(
            SNAPSHOT.select(["repeats", "silence", "known", "gap", "overdue", "worth", "returned"])
        ),
        SNAPSHOT["churned"].to_numpy(),
        seed=1,
    ),
    customers=SNAPSHOT,
)
case(
    lifecycle.wake_ups,
    "break_even",
    purchases=MBG,
    spend=SPEND,
    histories=HISTORIES,
    horizon=90.0,
    margin=0.4,
    cost=1.0,
    lapsed=0.5,
)

# --- scoring ---
case(scoring.Features.of, "age", numbers={"age": AGE}, categories={"city": CITY})
case(
    scoring.Features.from_table,
    *SNAPSHOT.column_names,
    table=SNAPSHOT.drop_columns(["party"]),
)
case(scoring.fit_propensity, features=FEATURES, happened=HAPPENED, seed=1, penalty=1.0)
case(scoring.calibrated, features=FEATURES, happened=HAPPENED, seed=1)
case(scoring.assess, features=FEATURES, happened=HAPPENED, seed=1, order=np.arange(400.0), suspicious=0.8, level=0.95)
case(scoring.leaks, features=FEATURES, happened=HAPPENED, seed=1, suspicious=0.8)
case(scoring.evaluate, chances=PART.repeat(5)[:300], happened=HAPPENED[:300], known_rate=0.4, level=0.95)
case(scoring.scores, model=PROPENSITY, features=FEATURES)
case(scoring.contributions, model=PROPENSITY, features=FEATURES)
case(scoring.reasons, model=PROPENSITY, features=FEATURES, row=3, count=2)
case(scoring.Propensity.from_dict, stored=PROPENSITY.to_dict())

# --- basket ---
case(basket.item_counts, lines=LINES, as_of=DAY, half_life=90.0)
case(basket.category_gaps, lines=LINES, as_of=DAY)
case(basket.Interactions.of, party=np.arange(6.0), item=np.arange(6.0), weight=np.ones(6))
case(basket.Interactions.from_table, table=COUNTS)
case(basket.known_and_target, before=COUNTS, after=LATER)
case(basket.fit_ease, known=KNOWN, penalty=200.0, most=100)
case(basket.fit_item_neighbours, known=KNOWN, neighbours=5, shrink=10.0)
case(basket.recommend, model=NEIGHBOURS, known=KNOWN, k=5)
case(basket.accuracies, "recall", "low", "high", "ndcg", rankings=LISTS, known=KNOWN, target=TARGET, k=5)
case(basket.associations, "others", known=KNOWN, least=1, level=0.95)
case(
    basket.offer_kinds,
    rules=RULES,
    is_alike=np.arange(len(RULES)) % 2 == 0,
    price=np.arange(1.0, len(KNOWN.items) + 1),
    tier=np.ones(len(KNOWN.items)),
    dearer=1.1,
    at_most=3.0,
)
case(basket.Reasons.of, "others", rules=RULES)
case(basket.replenishment, table=CATEGORY_GAPS)

# --- experiments ---
case(experiments.uniform, salt="spring", unit=7)
case(experiments.uniforms, salt="spring", units=[1, 2, 2])
case(experiments.assign, design=DESIGN, unit=7)
case(experiments.assign_all, design=DESIGN, units=[1, 2, 2])
case(experiments.chances, design=DESIGN)
case(experiments.arm_moments, units=UNITS)
case(experiments.capped, units=UNITS, share=0.99)
case(experiments.Moments.of, y=PROFIT, x=DURATION)
case(experiments.Moments.of_sums, n=3, y=6.0, yy=14.0, x=6.0, xx=14.0, xy=14.0)
case(experiments.Moments.of_count, n=10, successes=3)
case(experiments.adjusted, control=CONTROL, treatment=TREATMENT)
case(experiments.difference, "degrees", control=CONTROL, treatment=TREATMENT, level=0.95)
case(experiments.proportions, "degrees", control=SHARE, treatment=OTHER_SHARE, level=0.95)
case(experiments.ratios, "degrees", control=CONTROL, treatment=TREATMENT, level=0.95)
case(
    experiments.compare_with_control, "degrees", control=CONTROL, treatments={"a": TREATMENT, "b": CONTROL}, level=0.95
)
case(experiments.family_reach, loadings=[0.7, 0.7], degrees=50.0, level=0.95)
case(experiments.confidence_sequence, effect=EFFECT, information=0.5, level=0.95)
case(experiments.boundary, information=0.5, level=0.95)
case(experiments.sample_ratio, counts=[100.0, 101.0], shares=[0.5, 0.5])
case(experiments.power, effect=0.5, standard_error=0.2, critical=2.0, level=0.95)
case(experiments.minimum_detectable_effect, standard_error=0.2, power=0.8, level=0.95)
case(experiments.required_units, effect=0.5, variance=2.0, control_share=0.5, power=0.8, level=0.95)
case(experiments.planned_error, control_variance=1.0, treatment_variance=1.0, sizes=experiments.Sizes(10, 10))
case(
    experiments.verdict,
    "roi",
    "degrees",
    "0",
    "1",
    "2",
    "estimate",
    "low",
    "high",
    control=CONTROL,
    treatment=TREATMENT,
    shares=[0.5, 0.5],
    has_ended=False,
    information=0.5,
    cost=10.0,
    margin=0.4,
    level=0.95,
)
case(experiments.allocate_by_share, arms={"a": SHARE, "b": OTHER_SHARE}, seed=1, floor=0.05, draws=200)
case(experiments.allocate_by_mean, arms={"a": CONTROL, "b": TREATMENT}, seed=1, floor=0.05, draws=200)
case(
    experiments.next_round,
    design=DESIGN,
    allocation=experiments.Allocation(DESIGN.arms, (0.5, 0.5), 0.05, 200, 1),
    salt="summer",
)
case(experiments.Log.of, design=DESIGN, given=GIVEN, outcomes=HAPPENED)
for estimate in (experiments.inverse_propensity, experiments.self_normalised):
    case(estimate, log=LOG, rule=RULE, level=0.95)
case(experiments.doubly_robust, log=LOG, rule=RULE, expected=RULE * 0.3, level=0.95)

# --- uplift ---
case(uplift.Trial.of, "age", features=FEATURES, treated=TREATED, outcome=HAPPENED)
case(uplift.at_random, trial=TRIAL, seed=1)
case(uplift.response, trial=TRIAL, seed=1, folds=2, repeats=1)
case(uplift.learn, trial=TRIAL, learner=uplift.Learner.T)
case(uplift.cross_fitted, trial=TRIAL, learner=uplift.Learner.X, seed=1, folds=2, repeats=1)
case(uplift.expected_outcomes, trial=TRIAL, seed=1, folds=2, repeats=1)
case(uplift.figures, "coefficient", scores=AGE, treated=TREATED, outcome=HAPPENED, at=0.3)
case(uplift.qini_curve, scores=AGE, treated=TREATED, outcome=HAPPENED)
case(uplift.judge, "coefficient", trial=TRIAL, seed=1, folds=2, repeats=1, at=0.3, draws=100, level=0.95)
case(
    uplift.judge_scores,
    "coefficient",
    trial=TRIAL,
    scores=[SCORES],
    baselines=[SCORES],
    seed=1,
    at=0.3,
    draws=100,
    level=0.95,
)

# --- segments ---
case(segments.relationship_axes, statistics=ibis.memtable(STATISTICS), margin=0.4, cost_to_serve=1.0)
case(segments.growth_axes, lines=LINES, after=date(2024, 6, 30), until=DAY)
case(segments.brand_usage_axes, lines=LINES, after=date(2024, 6, 30), until=DAY)
case(segments.Axis.of, name="profit", values=PROFIT, cuts=[50.0, 100.0], bands=("low", "middle", "high"))
case(segments.grid, method="own", rows=AXES[0], columns=AXES[1], cells=[["a", "b"], ["c", "d"]])
case(segments.quantile_cuts, values=PROFIT, shares=[0.2, 0.5])
case(segments.dick_basu, attitude=PROFIT, repeat=DURATION, attitude_cut=100.0, repeat_cut=365.0)
case(segments.reinartz_kumar, profit=PROFIT, duration=DURATION, profit_cut=100.0, duration_cut=365.0)
case(segments.growth_matrix, tenure=DURATION, new_share=PART, new_cut=0.5, tenure_cut=0.0)
case(segments.selection_matrix, attractiveness=PROFIT, strength=DURATION, attractiveness_cut=100.0, strength_cut=365.0)
case(segments.weighted_points, ratings={"size": PROFIT, "fit": DURATION}, weights={"size": 1.0, "fit": 2.0})
case(segments.brand_usage, own_share=PART, usage=DURATION, usage_cuts=(100.0, 365.0), loyal=0.7)
case(segments.tiers_by_share, "from_value", value=PROFIT, policies=POLICIES, shares=[0.5, 0.8], kept=("policies",))
case(
    segments.tiers_by_threshold,
    "from_value",
    value=PROFIT,
    policies=POLICIES,
    thresholds=[100.0, 50.0],
    kept=("policies",),
)
case(
    segments.stability,
    never=("before empty", "after empty"),
    names=NAMES,
    before=(np.arange(SIZE), PLACES),
    after=(np.arange(SIZE), 1 - PLACES),
)
case(segments.adjusted_rand, table=np.array([[10.0, 2.0], [3.0, 20.0]]))

# --- satisfaction ---
case(satisfaction.Ratings.of, values=ANSWERS, weights=np.ones(SIZE), lowest=0.0, highest=10.0)
case(satisfaction.Ratings.counted, counts={9.0: 4.0, 3.0: 2.0})
case(satisfaction.post_stratified, groups=CITY, shares={"Xi'an": 0.4, "Wuhan": 0.6})
case(satisfaction.nps, ratings=RATINGS, level=0.95)
case(satisfaction.csat, ratings=RATINGS, satisfied_from=4.0, level=0.95)
case(satisfaction.ces, ratings=RATINGS, level=0.95)
case(satisfaction.resampled, ratings=RATINGS, points=lambda values: values**2, seed=1, samples=50, level=0.95)
case(satisfaction.trend, before=MEASURE, after=MEASURE, level=0.95)
case(satisfaction.cronbach_alpha, "if_dropped", "item_rest", answers=SCALE, level=0.95)
case(satisfaction.servqual, expectations=SCALE, perceptions=SCALE - 1, items=["a", "b", "c", "d"], level=0.95)
case(satisfaction.kano, "better", "worse", functional=ANSWERS % 5 + 1, dysfunctional=ANSWERS[::-1] % 5 + 1)
case(
    satisfaction.importance_performance,
    names=["a", "b", "c"],
    importance=[1.0, 2.0, 3.0],
    performance=[3.0, 2.0, 1.0],
    cuts=(2.0, 2.0),
)
case(satisfaction.delivered_value, benefits={"goods": 5.0}, costs={"money": 3.0}, weights={"goods": 1.0})
case(satisfaction.share_of_wallet, own=DURATION, everywhere=DURATION * 2 + 1, level=0.95)
case(satisfaction.repurchase_rate, days=FREQUENCY + 1, level=0.95)
case(satisfaction.advocacy, referrals=FREQUENCY, level=0.95)

# --- staffing ---
case(staffing.erlang_b, agents=10, load=8.0)
case(staffing.erlang_c, agents=10, load=8.0)
case(staffing.patient_queue, "wait_of_answered", agents=10, rate=2.0, handling=4.0, within=1.0)
case(staffing.impatient_queue, "wait_of_answered", agents=10, rate=2.0, handling=4.0, patience=3.0, within=1.0)
case(staffing.positions, agents=10, shrinkage=0.3)
case(staffing.rule_of_thumb, load=8.0, occupancy=0.85)
case(staffing.staff, "wait_of_answered", contacts=100.0, interval=1800.0, handling=180.0, target=TARGETED)
case(staffing.staff_scenarios, contacts=[90.0, 110.0], interval=1800.0, handling=180.0, target=TARGETED)
case(
    staffing.day_plan,
    "wait_of_answered",
    contacts=[90.0, 0.0],
    handling=[180.0, 180.0],
    target=TARGETED,
    interval=1800.0,
)

# --- identity ---
case(
    resolve,
    records=pa.table(
        {
            "id": [1, 2, 3],
            "family": ["li", "li", "wang"],
            "given": ["na", "na", "wei"],
            "emails": [["a@b.cn"], ["a@b.cn"], []],
        }
    ),
    seed=1,
)

EMPTY, ONE = value.Histories.of([], [], []), value.Histories.of([0.0], [0.0], [0.0])
ODD_HISTORIES = {
    "none": EMPTY,
    "one, today": ONE,
    "one-time buyers, all alike": value.Histories.of([0.0] * SIZE, [0.0] * SIZE, [300.0] * SIZE, 20.0),
    "all alike": value.Histories.of([3.0] * SIZE, [200.0] * SIZE, [300.0] * SIZE, 20.0),
    "as regular as a clock": value.Histories.of([100.0] * SIZE, [300.0] * SIZE, [300.0] * SIZE, 20.0),
    "all in one moment": value.Histories.of([3.0] * SIZE, [0.0] * SIZE, [300.0] * SIZE, 20.0),
    "in nanoseconds": value.Histories.of(FREQUENCY, RECENCY * 1e9, SPAN * 1e9, WORTH * 1e9),
    "in ages": value.Histories.of(FREQUENCY, RECENCY * 1e-9, SPAN * 1e-9, WORTH * 1e-9),
    "very many purchases": value.Histories.of(FREQUENCY * 1e6, RECENCY, SPAN, WORTH),
    "everything free": value.Histories.of(FREQUENCY, RECENCY, SPAN, 0.0),
}
_EXTREME = (1e-4, 1e4)
DEGENERATE: Mapping[type, Arguments] = {
    value.Histories: ODD_HISTORIES,
    value.Statistics: {how: value.Statistics.of(each) for how, each in ODD_HISTORIES.items()},
    value.MbgNbd: {f"{r, a, b}": value.MbgNbd(r, 40.0, a, b) for r in _EXTREME for a in _EXTREME for b in _EXTREME},
    value.ParetoNbd: {
        f"{r, s, b}": value.ParetoNbd(r, 40.0, s, b) for r in _EXTREME for s in _EXTREME for b in _EXTREME
    },
    value.GammaGamma: {f"{p, q}": value.GammaGamma(p, q, 16.0) for p in _EXTREME for q in (1.01, 1e4)},
    value.BgBb: {f"{a, g}": value.BgBb(a, 1.0, g, 1.0) for a in _EXTREME for g in _EXTREME},
    value.Sbg: {f"{a, b}": value.Sbg(a, b) for a in _EXTREME for b in _EXTREME},
    value.Opportunities: {
        "none": value.Opportunities.of([], [], []),
        "no opportunity yet": value.Opportunities.of([0.0], [0.0], [0.0]),
        "nothing taken": value.Opportunities.of([0.0] * 9, [0.0] * 9, [6.0] * 9),
        "everything taken": value.Opportunities.of([6.0] * 9, [6.0] * 9, [6.0] * 9),
        "a billion customers": value.Opportunities.of([0.0, 2.0], [0.0, 3.0], [6.0, 6.0], [1e9, 1e9]),
    },
    value.Contracts: {
        "none": value.Contracts.of([], []),
        "nobody": value.Contracts.of([0.0], [0.0]),
        "nobody left": value.Contracts.of([0.0, 0.0], [0.0, 9.0]),
        "everybody left at once": value.Contracts.of([9.0], [0.0]),
        "a billion": value.Contracts.of([1e9, 1e9], [0.0, 1e9]),
    },
    scoring.Features: {
        "one unit": FEATURES.rows([0]),
        "nobody": FEATURES.rows([]),
        "constant": scoring.Features.of({"age": np.full(400, 40.0)}, {"city": ["Wuhan"] * 400}),
        "all missing": scoring.Features.of({"age": np.full(400, np.nan)}, {"city": [None] * 400}),
        "huge": scoring.Features.of({"age": AGE * 1e9}, {"city": CITY}),
        "a level each": scoring.Features.of({"age": AGE}, {"city": [f"city {i}" for i in range(400)]}),
        "another kind": scoring.Features.of({"city": AGE}, {"age": CITY}),
        "the outcome itself": scoring.Features.of({"age": HAPPENED}, {"city": HAPPENED.astype(str)}),
    },
    uplift.Trial: {
        "nothing happened": uplift.Trial.of(FEATURES, TREATED, HAPPENED * 0),
        "everything happened": uplift.Trial.of(FEATURES, TREATED, HAPPENED * 0 + 1),
        "the treatment is everything": uplift.Trial.of(FEATURES, TREATED, TREATED),
        "huge": uplift.Trial.of(FEATURES, TREATED, HAPPENED * 1e9 + AGE),
        "nothing known": uplift.Trial.of(scoring.Features.of({"age": np.full(400, np.nan)}), TREATED, HAPPENED),
    },
    uplift.Scores: {
        "of others": uplift.Scores("short", SCORES.values[:9], SCORES.order[:9]),
        "all alike": uplift.Scores("flat", SCORES.values * 0, SCORES.order * 0),
    },
    basket.Interactions: {
        "one": basket.Interactions.of([1], [1]),
        "one item": basket.Interactions.of(range(9), [1] * 9),
        "one customer": basket.Interactions.of([1] * 9, range(9)),
        "huge": basket.Interactions.of(KNOWN.parties.repeat(1)[:9], range(9), 1e9),
    },
    basket.Associations: {"no rule": RULES.where(np.zeros(len(RULES.item), dtype=bool))},
    lifecycle.PastGaps: {
        "none": lifecycle.PastGaps.of([], []),
        "nobody came back": lifecycle.PastGaps.of([[], []], [3.0, 4.0]),
        "one gap": lifecycle.PastGaps.of([[3.0]], [1.0]),
        "like clocks": lifecycle.PastGaps.of([[7.0] * 5] * 40, [1.0] * 40),
        "huge": lifecycle.PastGaps.of([[7e9, 8e9, 9e9]] * 40, [1e9] * 40),
        "tiny": lifecycle.PastGaps.of([[7e-9, 8e-9, 9e-9]] * 40, [0.0] * 40),
    },
    lifecycle.Gaps: {
        "none": lifecycle.Gaps.of([], [], []),
        "nobody came back": lifecycle.Gaps.of([0.0], [0.0], [0.0]),
        "like clocks": lifecycle.PastGaps.of([[7.0] * 5] * 40, [1.0] * 40).logarithms,
    },
    experiments.Moments: {
        "nobody": experiments.Moments.of([]),
        "one": experiments.Moments.of([1.0]),
        "all alike": experiments.Moments.of([1.0] * 50, [1.0] * 50),
        "nothing": experiments.Moments.of([0.0] * 50, [0.0] * 50),
        "huge": experiments.Moments.of([1e9, 2e9] * 50, [1e9, 3e9] * 50),
        "very many": experiments.Moments.of_count(10**9, 10**8),
    },
    experiments.Effect: {"none": experiments.difference(*[experiments.Moments.of([1.0] * 50)] * 2)},
    experiments.Sizes: {"nobody": experiments.Sizes(0, 0), "nonsense": experiments.Sizes(-1, 5)},
    experiments.Log: {"nobody": experiments.Log.of(DESIGN, [], []), "one": experiments.Log.of(DESIGN, ["mail"], [1.0])},
    satisfaction.Ratings: {
        "one": satisfaction.Ratings.of([9.0], lowest=0, highest=10),
        "all alike": satisfaction.Ratings.of([9.0] * 50, lowest=0, highest=10),
        "off the scale": satisfaction.Ratings.of([1e9, 2e9], lowest=0, highest=1e10),
        "very many": satisfaction.Ratings.counted({9.0: 10**9, 3.0: 10**9}),
    },
    satisfaction.Measure: {"certain": satisfaction.ces(satisfaction.Ratings.of([9.0] * 50, lowest=0, highest=10))},
    segments.Axis: {
        "nobody": segments.Axis.of("profit", [], [100.0], ("low", "high")),
        "three bands": segments.Axis.of("profit", PROFIT, [1.0, 2.0], ("a", "b", "c")),
    },
    staffing.Target: {"everything at once": staffing.Target(answered=0.999999, within=0.0)},
}
