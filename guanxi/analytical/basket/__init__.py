"""What a customer will buy again and what next: purchase cycles by category, recommendations, offers with reasons.

`item_counts` (Ibis) → `Interactions` → a model → `recommend`; `accuracies` judges the lists beside the most bought
items. `category_gaps` (Ibis) → `replenishment`. `associations` → `offer_kinds`, and `Reasons` behind each list.
"""

from guanxi.analytical.basket.associations import Associations, associations
from guanxi.analytical.basket.ease import Ease, fit_ease
from guanxi.analytical.basket.evaluation import Accuracy, Part, accuracies
from guanxi.analytical.basket.facts import category_gaps, item_counts
from guanxi.analytical.basket.interactions import Interactions, known_and_target
from guanxi.analytical.basket.neighbours import ItemNeighbours, fit_item_neighbours
from guanxi.analytical.basket.offers import OfferKind, Reasons, offer_kinds
from guanxi.analytical.basket.ranking import Among, Ranking, Recommender, recommend
from guanxi.analytical.basket.repeat import OwnMostBought, PersonalFrequency
from guanxi.analytical.basket.replenishment import Replenishment, replenishment

__all__ = [
    "Accuracy",
    "Among",
    "Associations",
    "Ease",
    "Interactions",
    "ItemNeighbours",
    "OfferKind",
    "OwnMostBought",
    "Part",
    "PersonalFrequency",
    "Ranking",
    "Reasons",
    "Recommender",
    "Replenishment",
    "accuracies",
    "associations",
    "category_gaps",
    "fit_ease",
    "fit_item_neighbours",
    "item_counts",
    "known_and_target",
    "offer_kinds",
    "recommend",
    "replenishment",
]
