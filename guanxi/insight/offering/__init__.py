"""What is worth offering to each customer, once a week: what will be bought again, and what is new to the customer."""

from guanxi.insight.offering.regrouping import regroup_offers
from guanxi.insight.offering.run import OffersRunning, last_made, make_offers, without_offers

__all__ = ["OffersRunning", "last_made", "make_offers", "regroup_offers", "without_offers"]
