"""Rows that come in though their customer may be known already: the company's policy, applied to a whole batch."""

from guanxi.customer.encounters.deciding import decide

__all__ = ["decide"]
