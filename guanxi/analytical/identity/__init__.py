"""Who is who: records that describe the same person or organisation, with evidence a clerk can read.

The model is that of Fellegi and Sunter, trained without labels by Splink; what may be compared, how it is brought into
one spelling and what follows from it is ours. See docs/algorithms/identity.md.
"""

from guanxi.analytical.identity.levels import Level

__all__ = ["Level"]
