"""What customers say of the service, how surely that is known, and where to begin.

`Ratings` (counted, weighted by `post_stratified`) → `nps`, `csat`, `ces` → `trend`. `servqual` and `cronbach_alpha`
read questionnaires of many items, `kano` pairs of questions; `importance_performance` says where to begin.
"""

from guanxi.analytical.satisfaction.kano import Kano, KanoClass, kano
from guanxi.analytical.satisfaction.measures import Measure, Nps, Trend, ces, csat, nps, resampled, trend
from guanxi.analytical.satisfaction.priorities import (
    DeliveredValue,
    Placed,
    PriorityMap,
    Quadrant,
    advocacy,
    delivered_value,
    importance_performance,
    repurchase_rate,
    share_of_wallet,
)
from guanxi.analytical.satisfaction.ratings import Ratings, post_stratified
from guanxi.analytical.satisfaction.scales import Gap, Reliability, Servqual, cronbach_alpha, servqual

__all__ = [
    "DeliveredValue",
    "Gap",
    "Kano",
    "KanoClass",
    "Measure",
    "Nps",
    "Placed",
    "PriorityMap",
    "Quadrant",
    "Ratings",
    "Reliability",
    "Servqual",
    "Trend",
    "advocacy",
    "ces",
    "cronbach_alpha",
    "csat",
    "delivered_value",
    "importance_performance",
    "kano",
    "nps",
    "post_stratified",
    "repurchase_rate",
    "resampled",
    "servqual",
    "share_of_wallet",
    "trend",
]
