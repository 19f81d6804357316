"""Who is believed: the ranking of sources and the rule of each field, tried on a sample, then applied to everybody."""

from guanxi.customer.believing.changing import change_rule, move_source
from guanxi.customer.believing.previewing import Preview, preview
from guanxi.customer.believing.reappraising import reappraisal_underway, reappraise

__all__ = ["Preview", "change_rule", "move_source", "preview", "reappraisal_underway", "reappraise"]
