"""Which territory a customer belongs to, derived from its address, and who works it."""

from guanxi.customer.territories.placing import place
from guanxi.customer.territories.tree import worked_by

__all__ = ["place", "worked_by"]
