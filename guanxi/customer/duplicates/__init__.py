"""Customers who come in though they are known already: how alike they are, and what the company wants done then."""

from guanxi.customer.duplicates.policy import Policy, policy_for
from guanxi.customer.duplicates.strength import Strength, strength_of

__all__ = ["Policy", "Strength", "policy_for", "strength_of"]
