"""Whom a record may already mean. `online` answers at the door, while somebody types or a file comes in."""

from guanxi.customer.matching.candidates import Candidate, read_candidate
from guanxi.customer.matching.likeness import Likeness, Rule, Strength
from guanxi.customer.matching.online import alike

__all__ = ["Candidate", "Likeness", "Rule", "Strength", "alike", "read_candidate"]
