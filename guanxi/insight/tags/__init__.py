"""Computed tags: a catalogue of rules over each customer's own figures."""

from guanxi.insight.tags.catalogue import ComputedTag, all_tags, declare, figure_names, tag

__all__ = ["ComputedTag", "all_tags", "declare", "figure_names", "tag"]
