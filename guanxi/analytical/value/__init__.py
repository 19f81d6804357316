"""What customers are worth: what they did (RFM), what they will do (BG/NBD family, Pareto/NBD), for how much.

Lines of purchases → `purchase_statistics`, `rfm` (Ibis, run in the database) → `Histories` → `fit_…` on `Statistics` →
`expected_purchases`, `expected_value`. `backtest` lets the models forecast a past period beside their baselines;
`forecast` uses the winner and gives intervals with the coverage the back-test found. `expected_profit` sets what a
customer brings against what serving costs; `futures` says what chance alone leaves open, for customers and for groups.

Purchases on fixed occasions: `Opportunities` → `fit_bg_bb`. Customers who must say that they leave: `Contracts` →
`fit_sbg`.
"""

from guanxi.analytical.value.backtest import Backtest, backtest
from guanxi.analytical.value.baselines import hiatus, personal_mean, same_rate
from guanxi.analytical.value.bg_bb import BgBb, expected_transactions, fit_bg_bb, probability_active_next
from guanxi.analytical.value.bg_nbd import BgNbd, fit_bg_nbd
from guanxi.analytical.value.customer_value import ExpectedProfit, discounted_purchases, expected_profit, expected_value
from guanxi.analytical.value.expectation import expected_purchases, probability_alive
from guanxi.analytical.value.facts import (
    calibration_and_holdout,
    count_histories,
    outcomes,
    purchase_days,
    purchase_statistics,
)
from guanxi.analytical.value.fitting import Finding, FitReport
from guanxi.analytical.value.forecast import Forecast, Interval, Prediction, forecast
from guanxi.analytical.value.gamma_gamma import GammaGamma, expected_spend, fit_gamma_gamma
from guanxi.analytical.value.histories import Histories, Statistics
from guanxi.analytical.value.mbg_nbd import MbgNbd, fit_mbg_nbd
from guanxi.analytical.value.methods import PurchaseMethod, SpendMethod
from guanxi.analytical.value.opportunities import Opportunities, same_share
from guanxi.analytical.value.pareto_nbd import ParetoNbd, fit_pareto_nbd
from guanxi.analytical.value.predictive import Earning, Futures, Spread, futures
from guanxi.analytical.value.rfm import rfm, rfm_scores
from guanxi.analytical.value.sbg import (
    Contracts,
    Sbg,
    constant_retention,
    fit_sbg,
    residual_lifetime,
    retention_rate,
    survival,
)
from guanxi.analytical.value.scores import Score, area_under_curve, top_share

__all__ = [
    "Backtest",
    "BgBb",
    "BgNbd",
    "Contracts",
    "Earning",
    "ExpectedProfit",
    "Finding",
    "FitReport",
    "Forecast",
    "Futures",
    "GammaGamma",
    "Histories",
    "Interval",
    "MbgNbd",
    "Opportunities",
    "ParetoNbd",
    "Prediction",
    "PurchaseMethod",
    "Sbg",
    "Score",
    "SpendMethod",
    "Spread",
    "Statistics",
    "area_under_curve",
    "backtest",
    "calibration_and_holdout",
    "constant_retention",
    "count_histories",
    "discounted_purchases",
    "expected_profit",
    "expected_purchases",
    "expected_spend",
    "expected_transactions",
    "expected_value",
    "fit_bg_bb",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "fit_mbg_nbd",
    "fit_pareto_nbd",
    "fit_sbg",
    "forecast",
    "futures",
    "hiatus",
    "outcomes",
    "personal_mean",
    "probability_active_next",
    "probability_alive",
    "purchase_days",
    "purchase_statistics",
    "residual_lifetime",
    "retention_rate",
    "rfm",
    "rfm_scores",
    "same_rate",
    "same_share",
    "survival",
    "top_share",
]
