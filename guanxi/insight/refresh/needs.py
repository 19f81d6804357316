"""When each customer will need an article again: which needs are published, and in which order."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from guanxi.analytical.basket import Replenishment
from guanxi.analytical.lifecycle import GapMethod, GapScore, PastGaps, nearest_gap_method, next_gap_scores
from guanxi.analytical.scoring import Evaluation
from guanxi.analytical.scoring.evaluation import TOP
from guanxi.analytical.shares import wilson
from guanxi.foundation.catalogue.queries import services
from guanxi.foundation.files import completed
from guanxi.insight.models import Need
from guanxi.insight.refresh.cards import Tried, Z, chances, write_cards
from guanxi.insight.refresh.gaps import sum_gaps
from guanxi.insight.refresh.work import Work
from guanxi.insight.scores.needs import ORDERS, PLAIN, SOON, Trial, due_again, is_due, some_of, tried

EACH = 5  # needs of one customer, the likeliest


def find_needs(work: Work) -> dict[str, Any]:
    """Writes `gaps`; and `needs`: of each customer the few articles that are due soon, or late."""
    told = sum_gaps(work)
    cycles = _cycles(work)
    if not cycles.num_rows:
        return told | {"needs": _write(work, _none())}
    judged = some_of(cycles)
    scores = next_gap_scores(PastGaps.from_table(judged))
    method = nearest_gap_method(scores)
    found, trial = due_again(cycles, method), tried(cycles, method)
    _write_gap_cards(work, judged, scores, method)
    if trial:
        _write_order_cards(work, trial)
    return told | {"needs": _write(work, _needs(cycles, found, trial, work.day))}


def _cycles(work: Work) -> pa.Table:
    """Without postage, fees and the like, which nobody needs."""
    table = pq.read_table(work.folder.gaps, read_dictionary=["article"]).unify_dictionaries()
    no_goods = services()
    article = table["article"].combine_chunks()
    is_good = np.array([each not in no_goods for each in article.dictionary.to_pylist()], dtype=bool)
    goods = table.set_column(table.column_names.index("article"), "article", article)
    goods = goods.filter(pa.array(is_good[article.indices.to_numpy()], pa.bool_()))
    elapsed = pc.days_between(goods["last_on"], pa.scalar(work.day)).cast(pa.float64())
    return goods.append_column("elapsed", elapsed)


def _needs(cycles: pa.Table, found: Replenishment, trial: Trial | None, day: date) -> pa.Table:
    """The rows to publish, first those that such cases make likeliest."""
    order = trial.best if trial else PLAIN
    score, party = ORDERS[order](found), cycles["party"].to_numpy()
    rows = _first_of_each(np.flatnonzero(is_due(found)), party, score)
    last = np.datetime64(day) - found.elapsed[rows].astype("timedelta64[D]")
    after = {name: np.round(getattr(found, name)[rows] + found.elapsed[rows]) for name in ("due", "low", "high")}
    chance = trial.calibrations[order](score[rows]) if trial else np.full(len(rows), np.nan)
    return pa.table(
        {
            "rank": np.arange(1, len(rows) + 1),
            "party_id": party[rows],
            "article": cycles["article"].take(pa.array(rows)).cast(pa.string()),
            **{f"{name}_on": last + days.astype("timedelta64[D]") for name, days in after.items()},
            "usual_days": np.round(found.typical[rows], 1),
            "purchases": found.purchases[rows].astype(np.int64),
            "last_on": last,
            "chance": pa.array(np.round(chance, 4), from_pandas=True),
        }
    )


def _first_of_each(rows: NDArray[np.intp], party: NDArray[Any], score: NDArray[np.float64]) -> NDArray[np.intp]:
    """The first few rows of each party; and of these, whosever they are, the first first."""
    rows = rows[np.lexsort((-score[rows], party[rows]))]
    begins = np.flatnonzero(np.diff(party[rows], prepend=-1))
    place = np.arange(len(rows)) - np.repeat(begins, np.diff(begins, append=len(rows)))
    rows = rows[place < EACH]
    return rows[np.argsort(-score[rows], kind="stable")]


def _none() -> pa.Table:
    kinds = {"article": pa.string(), "usual_days": pa.float64(), "chance": pa.float64()}
    names = [each.attname for each in Need._meta.concrete_fields]
    kinds |= {name: pa.date32() for name in names if name.endswith("_on")}
    return pa.schema([(name, kinds.get(name, pa.int64())) for name in names]).empty_table()


def _write(work: Work, needs: pa.Table) -> int:
    with completed(work.folder.needs) as draft:
        pq.write_table(needs, draft)
    return int(needs.num_rows)


def _write_gap_cards(work: Work, cycles: pa.Table, scores: Sequence[GapScore], used: GapMethod) -> None:
    """How near each method came to the latest gap of each cycle, all articles together."""
    competed = [
        Tried(
            method=f"gap_{each.method}",
            is_baseline=each.is_baseline,
            figures={"mae": each.mae, "coverage": each.coverage},
        )
        for each in scores
    ]
    sample = {"customers": len(np.unique(cycles["party"].to_numpy())), "cycles": cycles.num_rows}
    write_cards(work, "next_need", competed, used=f"gap_{used}", sample=sample)


def _first_tenth(judged: Evaluation) -> dict[str, float]:
    """The share of the first tenth that was bought, with its interval."""
    share = judged.lift * judged.base_rate
    low, high = wilson(share, max(judged.units * TOP, 1.0), Z)
    return {"first_tenth": share, "first_tenth_low": low, "first_tenth_high": high}


def _write_order_cards(work: Work, trial: Trial) -> None:
    """How often the first tenth of the list came true, in each order."""
    competed = [
        Tried(
            method=name,
            is_baseline=name == PLAIN,
            figures=_first_tenth(each)
            | {"all": each.base_rate, "auc": each.auc, "auc_low": each.auc_low, "auc_high": each.auc_high},
            bins=chances(each.curve),
        )
        for name, each in trial.judged.items()
    ]
    sample = {"customers": trial.customers, "cases": trial.cases, "horizon": SOON}
    write_cards(work, "first_needs", competed, used=trial.best, sample=sample)
