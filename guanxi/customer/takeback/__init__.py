"""A delivery taken back: whatever it said is unsaid, as if it had never come. What was worked on since stays."""

from guanxi.customer.takeback.keeping import Facts, Kept, Why
from guanxi.customer.takeback.returning import Returned, forget, take_back

__all__ = ["Facts", "Kept", "Returned", "Why", "forget", "take_back"]
