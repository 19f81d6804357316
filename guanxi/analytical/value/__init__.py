"""What customers are worth: what they did (RFM), what they will do (BG/NBD family), for how much (gamma-gamma).

Lines of purchases → `purchase_statistics`, `rfm` (Ibis, run in the database) → `Histories` → `fit_…` on `Statistics` →
`expected_purchases`, `expected_value`. `backtest` lets the models forecast a past period beside their baselines;
`forecast` uses the winner and gives intervals with the coverage the back-test found.
"""

from guanxi.analytical.value.backtest import Backtest, backtest
from guanxi.analytical.value.baselines import hiatus, personal_mean, same_rate
from guanxi.analytical.value.bg_nbd import BgNbd, fit_bg_nbd
from guanxi.analytical.value.customer_value import expected_value
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
from guanxi.analytical.value.pareto_nbd import ParetoNbd, fit_pareto_nbd
from guanxi.analytical.value.rfm import rfm, rfm_scores
from guanxi.analytical.value.scores import Score, area_under_curve, top_share

__all__ = [
    "Backtest",
    "BgNbd",
    "Finding",
    "FitReport",
    "Forecast",
    "GammaGamma",
    "Histories",
    "Interval",
    "MbgNbd",
    "ParetoNbd",
    "Prediction",
    "PurchaseMethod",
    "Score",
    "SpendMethod",
    "Statistics",
    "area_under_curve",
    "backtest",
    "calibration_and_holdout",
    "count_histories",
    "expected_purchases",
    "expected_spend",
    "expected_value",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "fit_mbg_nbd",
    "fit_pareto_nbd",
    "forecast",
    "hiatus",
    "outcomes",
    "personal_mean",
    "probability_alive",
    "purchase_days",
    "purchase_statistics",
    "rfm",
    "rfm_scores",
    "same_rate",
    "top_share",
]
