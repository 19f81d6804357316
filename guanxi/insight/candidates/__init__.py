"""Next best actions: what may be suggested, to whom, and why."""

from guanxi.insight.candidates.registry import Candidate, Facts, Stake, all_candidates, candidate, declare

__all__ = ["Candidate", "Facts", "Stake", "all_candidates", "candidate", "declare"]
