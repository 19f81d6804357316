"""Whom a record may already mean. `online` answers at the door, while somebody types or a file comes in."""

from guanxi.customer.matching.candidates import Candidate, read_candidate
from guanxi.customer.matching.likeness import Likeness, Rule, Strength
from guanxi.customer.matching.online import alike
from guanxi.customer.matching.suspects import common_names

__all__ = ["Candidate", "Likeness", "Rule", "Strength", "alike", "common_names", "read_candidate"]
