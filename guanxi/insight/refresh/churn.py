"""Who will not buy again within the horizon, by a classifier that has to beat the plain signs of it.

It is learnt from one horizon and judged on the next one. At most so many customers are learnt from and judged; the
chances are told of all.
"""

from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.lifecycle import ChurnAssessment, assess_churn, churn_chances, churn_features
from guanxi.analytical.lifecycle.churn import FEATURES
from guanxi.analytical.scoring import Propensity, Signal
from guanxi.foundation.files import completed
from guanxi.insight.refresh.cards import Tried, chances, write_cards
from guanxi.insight.refresh.work import Work

MODEL, SILENCE, EXPECTED, SHARE = "churn_model", "silence", "few_expected", "known_share"
MOST = 100_000  # customers: from there on more of them move nothing that is shown
SEED = 1


def foretell_churn(work: Work) -> dict[str, Any]:
    """Writes the cards and, where the classifier beats the silence and the expected purchases, `churn`.

    Answers which method is used, and the model itself, which explains each chance.
    """
    told = work.run.steps.get(name="statistics").facts
    found = _assessed(work, told["horizon"]) if "horizon" in told else None
    if found is None:
        return {"used": None}
    used = _used(found)
    sample = {
        "customers": found.evaluation.units,
        "horizon": told["horizon"],
        "cut": told["cut"],
        "share": found.evaluation.base_rate,
    }
    write_cards(work, "churn", _tried(found), used=used, sample=sample)
    if used != MODEL or found.model is None:
        return {"used": used}
    _write(work, found.model)
    return {"used": used, "model": found.model.to_dict()}


def _assessed(work: Work, horizon: int) -> ChurnAssessment | None:
    earlier, latest = _snapshot(work, work.folder.earlier), _snapshot(work, work.folder.calibration)
    try:
        return assess_churn(latest, horizon=horizon, seed=SEED, earlier=earlier)
    except NotEnoughDataError:
        return None


def _snapshot(work: Work, path: Path) -> pa.Table:
    """The features of customers as of a cut, and whether they stayed away after it."""
    with work.piece() as piece:
        known = piece.parquet(path)
        after = known.select("party", churned=ibis.ifelse(_.future_days > 0, 0.0, 1.0))
        rows = piece.answer(churn_features(known).join(after, "party").order_by("party"))
    if len(rows) <= MOST:
        return rows
    return rows.take(np.sort(np.random.default_rng(SEED).choice(len(rows), MOST, replace=False)))


def _used(found: ChurnAssessment) -> str | None:
    if found.signal is Signal.NONE:
        return None
    if found.beats_baselines:
        return MODEL
    return SILENCE if found.hiatus_auc >= found.expected_auc else EXPECTED


def _tried(found: ChurnAssessment) -> list[Tried]:
    judged = found.evaluation
    only_ranks = {"brier": float("nan"), "told": float("nan"), "came": judged.base_rate}
    told = sum(tenth.units * tenth.predicted for tenth in judged.curve) / judged.units
    return [
        Tried(method=SILENCE, is_baseline=True, figures={"auc": found.hiatus_auc} | only_ranks),
        Tried(method=EXPECTED, is_baseline=True, figures={"auc": found.expected_auc} | only_ranks),
        Tried(method=SHARE, is_baseline=True, figures=only_ranks | {"auc": 0.5, "brier": judged.base_brier}),
        Tried(
            method=MODEL,
            figures={
                "auc": judged.auc,
                "auc_low": judged.auc_low,
                "auc_high": judged.auc_high,
                "brier": judged.brier,
                "told": told,
                "came": judged.base_rate,
            },
            bins=chances(judged.curve),
            parameters=_weights(found.model) if found.model else {},
        ),
    ]


def _weights(model: Propensity) -> dict[str, float]:
    """What a step of one standard deviation adds to the log-odds, by feature."""
    return {"intercept": model.intercept} | {term.name: term.coefficient for term in model.numbers}


def _write(work: Work, model: Propensity) -> None:
    with work.piece() as piece:
        known = piece.parquet(work.folder.statistics).filter(_.days > 0)
        customers = piece.answer(churn_features(known).order_by("party"))
    told = customers.select(["party", *FEATURES]).append_column("churn", pa.array(churn_chances(model, customers)))
    with completed(work.folder.churn) as draft:
        pq.write_table(told, draft, row_group_size=10_000)
