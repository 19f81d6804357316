"""Customers who come in though they are known already: what the company wants done then."""

from guanxi.customer.duplicates.policy import Policy, policy_for

__all__ = ["Policy", "policy_for"]
