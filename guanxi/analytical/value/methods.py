"""The methods that compete in a back-test, each under its name; baselines come first, so they win a tie."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from guanxi.analytical.arrays import Array
from guanxi.analytical.value.baselines import personal_mean, same_rate
from guanxi.analytical.value.bg_nbd import fit_bg_nbd
from guanxi.analytical.value.expectation import PurchaseModel, expected_purchases
from guanxi.analytical.value.gamma_gamma import GammaGamma, expected_spend, fit_gamma_gamma
from guanxi.analytical.value.histories import Histories, Statistics
from guanxi.analytical.value.mbg_nbd import fit_mbg_nbd
from guanxi.analytical.value.pareto_nbd import fit_pareto_nbd

Model = PurchaseModel | GammaGamma


class PurchaseMethod(StrEnum):
    """Ways to forecast how many purchase days a customer will have."""

    SAME_RATE = "same_rate"
    BG_NBD = "bg_nbd"
    MBG_NBD = "mbg_nbd"
    PARETO_NBD = "pareto_nbd"


class SpendMethod(StrEnum):
    """Ways to forecast the value of a purchase day."""

    PERSONAL_MEAN = "personal_mean"
    GAMMA_GAMMA = "gamma_gamma"


PURCHASE_FITS: Mapping[PurchaseMethod, Callable[[Statistics], PurchaseModel]] = MappingProxyType(
    {
        PurchaseMethod.BG_NBD: fit_bg_nbd,
        PurchaseMethod.MBG_NBD: fit_mbg_nbd,
        PurchaseMethod.PARETO_NBD: fit_pareto_nbd,
    }
)


def forecast_purchases(method: PurchaseMethod, histories: Histories, horizon: float) -> tuple[Array, Model | None]:
    """Purchase days of each customer by one method, and the model it fitted, if it has one."""
    if method is PurchaseMethod.SAME_RATE:
        return same_rate(histories, horizon=horizon), None
    model = PURCHASE_FITS[method](Statistics.of(histories))
    return expected_purchases(model, histories, horizon=horizon), model


def forecast_spend(method: SpendMethod, histories: Histories) -> tuple[Array, Model | None]:
    """Value of a purchase day of each customer by one method, and the model it fitted, if it has one.

    The gamma-gamma reads every purchase day, the first one included, so that one-time buyers count as well.
    """
    if method is SpendMethod.PERSONAL_MEAN:
        return personal_mean(histories), None
    days = histories.frequency + 1
    model = fit_gamma_gamma(days, histories.value)
    return expected_spend(model, days, histories.value), model
