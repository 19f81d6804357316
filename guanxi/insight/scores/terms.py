"""What the company says of money, and so what sales and purchases earn it."""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.foundation.company.models import Company
from guanxi.insight.scores.figures import Floats

YEAR = 365.0
LOSS = -0.01  # a profit of this or less is a loss; what is nearer to nothing is nothing


@dataclass(frozen=True)
class Terms:
    """A margin of one is revenue; costs count only where there is a margin. order_cost: of one purchase day."""

    margin: float = 1.0
    order_cost: float = 0.0
    contact_cost: float = 0.0
    discount: float | None = None
    is_profit: bool = False

    @classmethod
    def of(cls, company: Company | None) -> "Terms":
        """As the settings have it."""
        if company is None or company.margin is None:
            return cls()
        return cls(company.margin, company.order_cost or 0.0, company.contact_cost or 0.0, company.discount, True)

    @property
    def daily(self) -> float:
        """Interest a day."""
        return float((1.0 + (self.discount or 0.0)) ** (1.0 / YEAR) - 1.0)

    def profit(self, purchases: Floats, sales: Floats) -> Floats:
        """Of so many purchase days for so much; revenue, where the company has not said its margin."""
        return self.margin * sales - self.order_cost * purchases


@dataclass(frozen=True)
class Earned:
    """Columns of readings, one element a customer, and the same of all customers together: expected, low, high."""

    columns: Mapping[str, Floats]
    total: Mapping[str, float]
