"""Customers who come in though they are known already: what the company wants done then, and what goes to review."""

from guanxi.customer.duplicates.policy import Policy, policy_for
from guanxi.customer.duplicates.proposing import propose

__all__ = ["Policy", "policy_for", "propose"]
