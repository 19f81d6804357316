"""What a programme of a given size can find out, told before anybody is treated."""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from guanxi.analytical.experiments import Sizes, minimum_detectable_effect, planned_error
from guanxi.customer.models import Party
from guanxi.insight.programmes.outcomes import CAPPED_SHARE

MONTH_DAYS = 365.25 / 12
FEWEST = 2  # customers in an arm


@dataclass(frozen=True)
class Detectable:
    """Revenue per customer within the outcome window: the difference found in four of five cases, and what is usual."""

    effect: float
    usual: float

    @property
    def share(self) -> float:
        """The difference as a share of what is usual."""
        return self.effect / self.usual


def detectable_effect(parties: QuerySet[Party], *, control: int, treated: int, days: int) -> Detectable | None:
    """The smallest true difference that a 95 % interval shows with 80 % chance, at arms of these sizes.

    The spread is that of the customers' last month, capped as the verdict caps it and scaled to `days` as if days were
    independent; the verdict's adjustment for earlier purchases usually finds somewhat less. None when an arm is too
    small, or when these customers bought nothing last month.
    """
    months = parties.order_by().exclude(reading__monthly=[]).values_list("reading__monthly", flat=True)
    last = np.array([month[-1] for month in months if month], dtype=float)
    if min(control, treated) < FEWEST or last.size < FEWEST or last.mean() <= 0:
        return None
    scale = days / MONTH_DAYS
    spread = float(np.minimum(last, np.quantile(last, CAPPED_SHARE)).var()) * scale
    error = planned_error(spread, spread, Sizes(control, treated))
    return Detectable(minimum_detectable_effect(error), float(last.mean()) * scale)
