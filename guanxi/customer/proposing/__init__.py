"""Every night all customers are compared with each other; pairs that seem to be one go to review, with the reasons."""

from guanxi.customer.proposing.automatic import merge_surest
from guanxi.customer.proposing.nightly import propose_matches

__all__ = ["merge_surest", "propose_matches"]
