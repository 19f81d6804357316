"""Can an outcome be told from what is known of each row? The engine's judgement of a table, as figures to keep."""

from collections.abc import Collection
from dataclasses import asdict
from math import exp
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guanxi.analytical import NotEnoughDataError
from guanxi.analytical.scoring import Assessment, Evaluation, Features, Propensity, Signal, assess, contributions

Floats = NDArray[np.float64]
SEED = 1
TERMS, LEVELS = 12, 3
FEWEST = 20  # rows of either outcome


def told(table: pa.Table, happened: Floats, *, order: Floats | None, cleared: Collection[str]) -> dict[str, Any]:
    """Judge whether `happened` (0 or 1 a row) follows from the columns of `table`, numbers and text.

    order: when each row was known; the latest 30 % are then told from the rows before. Where they hold too few of
    either outcome, `later` is None. cleared: columns of which somebody says that they are known beforehand. The signal
    is "together" where the score has none and gradient boosting, which stands beside it, ranks: the columns then tell
    only together, or along a curve. Of fewer than FEWEST rows of either outcome it is "few", and there is nothing else.
    """
    features = Features.from_table(table)
    found = _assessed(features, happened, order, cleared) or _assessed(features, happened, None, cleared)
    if found is None:
        return {"signal": "few", "rows": len(happened)}
    return {
        "signal": "together" if found.signal is Signal.NONE and found.misses else str(found.signal),
        "rows": len(happened),
        "misses": found.misses,
        "across": _evaluation(found.across),
        "later": _evaluation(found.later) if found.later else None,
        "boosted": [_evaluation(each) for each in (found.boosted, found.boosted_later) if each],
        "leaks": [asdict(leak) for leak in found.leaks if leak.feature not in cleared],
        "terms": _terms(found, features),
    }


def _assessed(
    features: Features, happened: Floats, order: Floats | None, cleared: Collection[str]
) -> Assessment | None:
    """None when there are too few rows of either outcome."""
    try:
        return assess(features, happened, seed=SEED, order=order, cleared=cleared, boosted=True)
    except NotEnoughDataError:
        return None


def _evaluation(found: Evaluation) -> dict[str, Any]:
    return {**asdict(found), "base_rate": found.base_rate}


def _terms(found: Assessment, features: Features) -> list[dict[str, Any]]:
    """The columns that move the score most, the strongest first; none where no score is given."""
    if found.model is None:
        return []
    spread = {name: float(added.std()) for name, added in contributions(found.model, features).items()}
    terms = {**_of_numbers(found.model), **_of_categories(found.model)}
    strongest = sorted(terms, key=lambda name: -spread[name])[:TERMS]
    return [{"column": name, "weight": spread[name], **terms[name]} for name in strongest if spread[name] > 0]


def _of_numbers(model: Propensity) -> dict[str, dict[str, Any]]:
    """How many times the odds are for one spread more than the mean, and where there is no number at all."""
    slope = model.calibration.slope
    return {
        term.name: {
            "factor": exp(slope * term.coefficient),
            "mean": term.mean,
            "spread": term.spread,
            "blank": exp(slope * term.missing * (1 - term.missing_share)) if term.missing_share else None,
        }
        for term in model.numbers
    }


def _of_categories(model: Propensity) -> dict[str, dict[str, Any]]:
    """The levels with the highest and the lowest odds beside the average row."""
    slope, terms = model.calibration.slope, {}
    for term in model.categories:
        added = [(slope * term.coefficient * (odds - term.mean), name) for name, odds in term.levels.items()]
        falling = sorted(added, reverse=True)
        ends = falling if len(falling) <= 2 * LEVELS else [*falling[:LEVELS], *falling[-LEVELS:]]
        shown = [{"name": name, "factor": exp(odds)} for odds, name in ends]
        terms[term.name] = {"levels": shown, "of": len(falling)}
    return terms
