"""Who is who: records that describe the same person or organisation, with evidence a clerk can read.

The model is that of Fellegi and Sunter, trained without labels by Splink; what may be compared, how it is brought into
one spelling and what follows from it is ours. See docs/algorithms/identity.md::

    from guanxi.analytical.identity.resolution import resolve

    found = resolve(table, seed=1)      # Arrow: id and any columns of identity.records.SCHEMA
    found.clusters                      # record → the least record of its customer
    found.pairs[0].lines                # field by field: level, both spellings, bits

`resolve` stands in a module of its own, so that asking for a Level does not load Splink.
"""

from guanxi.analytical.identity.levels import AGREEING, Level

__all__ = ["AGREEING", "Level"]
