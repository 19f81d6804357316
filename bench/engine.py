"""The engine beside lifetimes 0.11.3 (requirements/bench.txt), and RFM over twenty million lines.

Run `python -m bench.engine`. Every measurement runs in a process of its own, one after the other, and
tells its time and its largest memory. Read the ratios: the machine decides the seconds.
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import duckdb
import ibis
import numpy as np

from guanxi.analytical.experiments import Arm, Design, Moments, assign_all, verdict
from guanxi.analytical.value import (
    Histories,
    Statistics,
    expected_purchases,
    expected_value,
    fit_bg_nbd,
    fit_gamma_gamma,
    rfm,
)

CUSTOMERS = 1_000_000
LINES = 20_000_000
HORIZON = 90.0
YEAR = 365.0
MADE_WITH = {"r": 0.24, "alpha": 31.0, "a": 0.79, "b": 2.43}
SPENDING = (6.25, 3.74, 15.44)


@dataclass(frozen=True)
class Measurement:
    """Seconds, peak memory in gigabytes, and a few figures to see that the same was computed."""

    seconds: float
    gigabytes: float
    found: str


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


def ours() -> str:
    """Fit both models, expected purchases, a year's discounted value."""
    data = customers(CUSTOMERS)
    started = time.perf_counter()
    purchases = fit_bg_nbd(Statistics.of(data))
    repeat = data.frequency > 0
    spend = fit_gamma_gamma(data.frequency[repeat], data.value[repeat])
    fitted = time.perf_counter()
    bought = expected_purchases(purchases, data, horizon=HORIZON)
    worth = expected_value(purchases, spend, data, horizon=YEAR, discount=0.0003)
    return report(started, fitted, {n: round(getattr(purchases, n), 3) for n in MADE_WITH}, bought.sum(), worth.sum())


def lifetimes() -> str:
    """The same four steps with the library the field used."""
    import pandas  # noqa: PLC0415 (comes with lifetimes, which is optional)
    from lifetimes import BetaGeoFitter, GammaGammaFitter  # noqa: PLC0415

    data = customers(CUSTOMERS)
    repeat = data.frequency > 0
    started = time.perf_counter()
    purchases, spend = BetaGeoFitter(), GammaGammaFitter()
    purchases.fit(data.frequency, data.recency, data.T)
    spend.fit(data.frequency[repeat], data.value[repeat])
    fitted = time.perf_counter()
    args = (pandas.Series(data.frequency), pandas.Series(data.recency), pandas.Series(data.T))
    bought = purchases.conditional_expected_number_of_purchases_up_to_time(HORIZON, *args)
    worth = spend.customer_lifetime_value(
        purchases, *args, pandas.Series(data.value), time=12, discount_rate=0.009, freq="D"
    )
    return report(
        started, fitted, {n: round(float(purchases.params_[n]), 3) for n in MADE_WITH}, bought.sum(), worth.sum()
    )


def report(started: float, fitted: float, model: object, bought: float, worth: float) -> str:
    """The line of one library; the part in front of the first blank is the time that counts."""
    ended = time.perf_counter()
    return f"{ended - started:.2f} (fits {fitted - started:.2f} s) {model}, {bought:,.0f} purchases, value {worth:,.0f}"


def rfm_of_lines(file: Path) -> str:
    """RFM of every customer in the file of lines."""
    started = time.perf_counter()
    database = ibis.duckdb.connect(memory_limit="4GB")
    database.raw_sql("SET enable_progress_bar = false")
    scored = rfm(database.read_parquet(file), date(2025, 12, 31)).to_pyarrow()
    return f"{time.perf_counter() - started:.2f} {scored.num_rows:,} customers of {LINES:,} lines"


def write_lines(file: Path) -> None:
    """Twenty lines a customer over two years, one in twenty a return."""
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    database.execute(
        f"""copy (select (hash(i // 4) % {CUSTOMERS})::bigint as party, (i // 4)::bigint as order_id,
        timestamp '2024-01-01' + to_minutes((hash(i // 4 + 1) % (730 * 1440))::bigint) as "at",
        ((hash(i * 3) % 10000) / 100.0 - 5)::double as amount from range({LINES}) t(i)) to '{file}' (format parquet)"""
    )


def experiment() -> str:
    """Draw a million customers and judge the campaign from moments."""
    started = time.perf_counter()
    design = Design("bench", (Arm("control", 0.1), Arm("mail", 0.9)), "2025", 0.05)
    arms = assign_all(design, range(CUSTOMERS))
    drawn = time.perf_counter()
    bought = np.random.default_rng(1).lognormal(0, 2, CUSTOMERS)
    judged = verdict(
        *(Moments.of(bought[arms == name]) for name in ("control", "mail")), shares=[0.1, 0.9], has_ended=True
    )
    return f"{drawn - started:.2f} to draw {CUSTOMERS:,} customers; verdict: {judged.conclusion}"


def measured(task: Callable[..., str], *args: Path) -> Measurement:
    """Run `task` in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        line, kilobytes = pool.apply(with_memory, (task, args))
    seconds, found = line.split(" ", 1)
    return Measurement(float(seconds), kilobytes / 1e6, found)


def with_memory(task: Callable[..., str], args: tuple[Path, ...]) -> tuple[str, int]:
    """The task's line and the largest memory its process held, in kilobytes."""
    line = task(*args)
    return line, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def show(name: str, result: Measurement) -> None:
    """One line a measurement."""
    print(f"{name:<22} {result.seconds:7.2f} s {result.gigabytes:6.2f} GB  {result.found}", flush=True)


def main() -> None:
    """All measurements and their ratio."""
    print(f"BG/NBD and gamma-gamma, fit and forecast, {CUSTOMERS:,} customers")
    show("guanxi", own := measured(ours))
    if find_spec("lifetimes"):
        show("lifetimes 0.11.3", other := measured(lifetimes))
        print(f"ratio                  {other.seconds / own.seconds:7.1f} times the time")
    else:
        print("lifetimes is not installed: pip install -r requirements/bench.txt to see the ratio")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lines.parquet"
        write_lines(file)
        show("RFM", measured(rfm_of_lines, file))
    show("experiment", measured(experiment))


if __name__ == "__main__":
    main()
