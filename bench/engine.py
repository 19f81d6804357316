"""The engine beside lifetimes 0.11.3 (requirements/bench.txt) and pymc-marketing 1.3.0.

Run `python -m bench.engine [customers [rounds]]`. Every measurement runs in a process of its own, one after the other,
and tells its time and its largest memory; of several rounds it tells the medians. Read the ratios: the machine decides
the seconds. With a number of customers only the value models are measured, on so many.

pymc-marketing is measured where it can be imported. It is in no requirements: its libraries are too many and too new to
stand beside ours. It needs an environment of its own, with lifetimes 0.11.3 and what requirements/base.in lists.
"""

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np

from bench.memory import peak
from guanxi.analytical.experiments import Arm, Design, Moments, assign_all, verdict
from guanxi.analytical.value import (
    Histories,
    Statistics,
    expected_purchases,
    expected_value,
    fit_bg_nbd,
    fit_gamma_gamma,
    fit_pareto_nbd,
    futures,
)

CUSTOMERS = 1_000_000
HORIZON = 90.0
YEAR = 365.0
MADE_WITH = {"r": 0.24, "alpha": 31.0, "a": 0.79, "b": 2.43}
SPENDING = (6.25, 3.74, 15.44)
DRAWN = 100_000  # customers whose futures are drawn
# Times as fast as each.
GOALS = {"lifetimes": {"BG/NBD fit": 25, "gamma-gamma fit": 2, "all": 8}, "pymc_marketing": {"all": 5}}

Stages = dict[str, float]


@dataclass(frozen=True)
class Measurement:
    """Seconds, peak memory in GiB, and a few figures to see that the same was computed."""

    stages: Stages
    gibibytes: float
    found: str

    @property
    def seconds(self) -> Stages:
        """Of each stage, and of all."""
        return self.stages | {"all": sum(self.stages.values())}


class Watch:
    """Seconds of one stage after the other."""

    def __init__(self) -> None:
        self.stages: Stages = {}
        self.since = time.perf_counter()

    def lap(self, stage: str) -> None:
        """The stage that began at the last lap ends here."""
        now = time.perf_counter()
        self.stages[stage], self.since = now - self.since, now


def customers(count: int) -> Histories:
    """Customers of a BG/NBD with gamma-gamma spending, observed for half a year to a year, in whole days."""
    rng = np.random.default_rng(1)
    span = rng.integers(182, 365, count).astype(np.float64)
    rate = rng.gamma(MADE_WITH["r"], 1 / MADE_WITH["alpha"], count)
    dropout = rng.beta(MADE_WITH["a"], MADE_WITH["b"], count)
    frequency, last, now, active = np.zeros(count), np.zeros(count), np.zeros(count), np.ones(count, bool)
    while active.any():
        now[active] += rng.exponential(1 / rate[active])
        active &= now <= span
        frequency[active] += 1
        last[active] = now[active]
        active &= rng.random(count) >= dropout
    p, q, gamma = SPENDING
    spend = rng.gamma(p * (frequency + 1), 1 / rng.gamma(q, 1 / gamma, count)) / (frequency + 1)
    return Histories.of(frequency, np.minimum(np.ceil(last), span), span, spend)


def ours(count: int) -> tuple[Stages, str]:
    """Fit both models, expected purchases, a year's discounted value."""
    data = customers(count)
    repeat = data.frequency > 0
    watch = Watch()
    purchases = fit_bg_nbd(Statistics.of(data))
    watch.lap("BG/NBD fit")
    spend = fit_gamma_gamma(data.frequency[repeat], data.value[repeat])
    watch.lap("gamma-gamma fit")
    bought = expected_purchases(purchases, data, horizon=HORIZON)
    worth = expected_value(purchases, spend, data, horizon=YEAR, discount=0.0003)
    watch.lap("forecast and value")
    return watch.stages, report({n: round(getattr(purchases, n), 3) for n in MADE_WITH}, bought.sum(), worth.sum())


def lifetimes(count: int) -> tuple[Stages, str]:
    """The same four steps with the library the field used."""
    import pandas  # noqa: PLC0415 (comes with lifetimes, which is optional)
    from lifetimes import BetaGeoFitter, GammaGammaFitter  # noqa: PLC0415

    data = customers(count)
    repeat = data.frequency > 0
    watch = Watch()
    purchases, spend = BetaGeoFitter(), GammaGammaFitter()
    purchases.fit(data.frequency, data.recency, data.T)
    watch.lap("BG/NBD fit")
    spend.fit(data.frequency[repeat], data.value[repeat])
    watch.lap("gamma-gamma fit")
    args = (pandas.Series(data.frequency), pandas.Series(data.recency), pandas.Series(data.T))
    bought = purchases.conditional_expected_number_of_purchases_up_to_time(HORIZON, *args)
    worth = spend.customer_lifetime_value(
        purchases, *args, pandas.Series(data.value), time=12, discount_rate=0.009, freq="D"
    )
    watch.lap("forecast and value")
    found = {n: round(float(purchases.params_[n]), 3) for n in MADE_WITH}
    return watch.stages, report(found, bought.sum(), worth.sum())


def pymc_marketing(count: int) -> tuple[Stages, str]:
    """The same four steps by the largest a-posteriori probability, under the library's own priors."""
    import pandas  # noqa: PLC0415 (comes with the library, which is optional)
    from pymc_marketing import clv  # noqa: PLC0415

    made = customers(count)
    table = {name: getattr(made, name) for name in ("frequency", "recency", "T")}
    data = pandas.DataFrame({"customer_id": np.arange(count), **table, "monetary_value": made.value})
    watch = Watch()
    purchases = _most_probable(clv.BetaGeoModel, data)
    watch.lap("BG/NBD fit")
    spend = _most_probable(clv.GammaGammaModel, data[data.frequency > 0])
    watch.lap("gamma-gamma fit")
    bought = purchases.expected_purchases(data=data, future_t=int(HORIZON))
    worth = spend.expected_customer_lifetime_value(
        transaction_model=purchases, data=data, future_t=12, discount_rate=0.009, time_unit="D"
    )
    watch.lap("forecast and value")
    fitted = purchases.fit_summary()
    found = {name: round(float(fitted[name]), 3) for name in MADE_WITH}
    return watch.stages, report(found, float(bought.sum()), float(worth.sum()))


def _most_probable(kind: Any, data: Any) -> Any:
    """Before release 1 the data went into the model, since then into its fit."""
    if int(version("pymc_marketing").partition(".")[0]) < 1:
        model = kind(data=data)
        model.fit(method="map", progressbar=False)
    else:
        model = kind()
        model.fit(data, method="map", progressbar=False)
    return model


def report(model: object, bought: float, worth: float) -> str:
    """A few figures to see that both libraries computed the same."""
    return f"{model}, {bought:,.0f} purchases, value {worth:,.0f}"


def beyond(count: int) -> tuple[Stages, str]:
    """What is not compared: a Pareto/NBD, and intervals for the purchases and the value of single customers."""
    data = customers(count)
    watch = Watch()
    model = fit_pareto_nbd(Statistics.of(data))
    watch.lap("Pareto/NBD fit")
    spend = fit_gamma_gamma(data.frequency + 1, data.value)
    watch.lap("gamma-gamma fit")
    first = Histories.of(data.frequency[:DRAWN], data.recency[:DRAWN], data.T[:DRAWN], data.value[:DRAWN])
    drawn = futures(model, first, horizon=HORIZON, seed=1, spend=spend)
    watch.lap(f"futures of {len(first):,}")
    low, high = drawn.group_purchases.low[0], drawn.group_purchases.high[0]
    return watch.stages, f"{low:,.0f} to {high:,.0f} purchases of the {len(first):,}"


def experiment() -> tuple[Stages, str]:
    """Draw a million customers and judge the campaign from moments."""
    watch = Watch()
    design = Design("bench", (Arm("control", 0.1), Arm("mail", 0.9)), "2025", 0.05)
    arms = assign_all(design, range(CUSTOMERS))
    watch.lap("drawing")
    bought = np.random.default_rng(1).lognormal(0, 2, CUSTOMERS)
    judged = verdict(
        *(Moments.of(bought[arms == name]) for name in ("control", "mail")), shares=[0.1, 0.9], has_ended=True
    )
    return watch.stages, f"{CUSTOMERS:,} customers drawn; verdict: {judged.conclusion}"


def measured(task: Callable[..., tuple[Stages, str]], *args: object) -> Measurement:
    """Run `task` in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        stages, found, gibibytes = pool.apply(with_memory, (task, args))
    return Measurement(stages, gibibytes, found)


def with_memory(task: Callable[..., tuple[Stages, str]], args: tuple[object, ...]) -> tuple[Stages, str, float]:
    """The task's stages and figures, and the largest memory its process held, in GiB."""
    stages, found = task(*args)
    return stages, found, peak()


def show(name: str, result: Measurement) -> None:
    """One line a measurement, and one a stage where there are several."""
    print(f"{name:<22} {result.seconds['all']:7.2f} s {result.gibibytes:6.2f} GiB  {result.found}", flush=True)
    if len(result.stages) > 1:
        print("".join(f"  {stage:<20} {seconds:7.2f} s\n" for stage, seconds in result.stages.items()), end="")


def median(task: Callable[..., tuple[Stages, str]], count: int, rounds: int) -> Measurement:
    """The medians of several rounds, each in a process of its own."""
    found = [measured(task, count) for _ in range(rounds)]
    stages = {stage: statistics.median(each.stages[stage] for each in found) for stage in found[0].stages}
    return Measurement(stages, statistics.median(each.gibibytes for each in found), found[0].found)


def value_models(count: int, rounds: int = 1) -> None:
    """Ours and those of other libraries, and how many times faster ours are."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"BG/NBD and gamma-gamma, fit and forecast, {count:,} customers, medians of {rounds}; load before {load}")
    show("guanxi", own := median(ours, count, rounds))
    for task in (lifetimes, pymc_marketing):
        name = task.__name__
        if not find_spec(name):
            print(f"{name} is not installed: see the first lines of bench/engine.py")
            continue
        show(f"{name} {version(name)}", other := median(task, count, rounds))
        for stage in other.seconds:
            ratio = other.seconds[stage] / own.seconds[stage]
            goal = f" (goal {GOALS[name][stage]})" if stage in GOALS[name] else ""
            print(f"  {stage:<20} {ratio:7.1f} times the time{goal}", flush=True)
    show("beyond", median(beyond, count, rounds))


def main() -> None:
    """All measurements, or the value models on so many customers."""
    if len(sys.argv) > 1:
        value_models(*(int(each) for each in sys.argv[1:3]))
        return
    value_models(CUSTOMERS)
    show("experiment", measured(experiment))


if __name__ == "__main__":
    main()
