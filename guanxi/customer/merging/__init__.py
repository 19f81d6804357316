"""Who is who: customers become one and two again, records are split off, and everything known about them follows."""

from guanxi.customer.merging.merges import MERGED_TOGETHER, merge_parties, merge_together, undo_merge, undo_together
from guanxi.customer.merging.splits import split_off, undo_split
from guanxi.customer.merging.survivors import proper_survivor

__all__ = [
    "MERGED_TOGETHER",
    "merge_parties",
    "merge_together",
    "proper_survivor",
    "split_off",
    "undo_merge",
    "undo_split",
    "undo_together",
]
