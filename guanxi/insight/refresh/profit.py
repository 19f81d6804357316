"""What customers are expected to earn within the horizon of the forecast, with the interval that the trial taught."""

import numpy as np
import pyarrow as pa

from guanxi.analytical.arrays import Array
from guanxi.insight.scores.terms import Earned, Terms


def expect_profit(
    terms: Terms, forecast: pa.Table, total: dict[str, float], *, usual: Array, contacts: Array
) -> Earned:
    """Profit of the forecast less what contacts cost at last year's pace.

    Sales at an end of their interval come on as many purchase days as such sales need, of the size that is forecast (of
    the `usual` size, where none is), and cost as many: who loses by each purchase loses most where sales are highest.
    """
    days, sales = forecast["expected_orders"].to_numpy(), forecast["expected_value"].to_numpy()
    each = np.divide(sales, days, out=usual.copy(), where=(days > 0) & (sales > 0))
    kept = terms.margin - np.divide(terms.order_cost, each, out=np.zeros(len(each)), where=each > 0)
    ends = [kept * forecast[f"expected_value_{end}"].to_numpy() for end in ("low", "high")]
    expected = terms.profit(days, sales)
    low, high = np.minimum.reduce([*ends, expected]), np.maximum.reduce([*ends, expected])
    columns = {"profit": expected - contacts, "profit_low": low - contacts, "profit_high": high - contacts}
    return Earned(columns, _of_all(float(expected.sum()), total, float(contacts.sum())))


def _of_all(before: float, total: dict[str, float], contacts: float) -> dict[str, float]:
    """What moves the sales of all moves their purchase days alike, so that profit before contacts moves as sales do."""
    scale = before / total["expected"] if total["expected"] else 0.0
    low, high = sorted(scale * total[end] for end in ("low", "high"))
    return {"expected": before - contacts, "low": low - contacts, "high": high - contacts}
