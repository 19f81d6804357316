"""Who is who: customers become one and two again, records are split off, and everything known about them follows."""

from guanxi.customer.merging.merges import MERGED_TOGETHER, merge_parties, merge_together, undo_merge
from guanxi.customer.merging.survivors import proper_survivor

__all__ = ["MERGED_TOGETHER", "merge_parties", "merge_together", "proper_survivor", "undo_merge"]
