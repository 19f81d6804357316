"""The record's jobs, a module for each subject."""

from guanxi.customer.jobs.engagement import note_broken_promises
from guanxi.customer.jobs.fields import (
    index_custom_fields,
    index_custom_fields_nightly,
    reappraise_customers,
    reappraise_on,
)
from guanxi.customer.jobs.matching import propose_and_merge
from guanxi.customer.jobs.merging import realign_lately, realign_nightly, reappraise_one_source
from guanxi.customer.jobs.pool import place_customers, recycle_due
from guanxi.customer.jobs.privacy import apply_retention_rules, carry_on_erasure, carry_on_erasures
from guanxi.customer.jobs.words import relearn_words

__all__ = [
    "apply_retention_rules",
    "carry_on_erasure",
    "carry_on_erasures",
    "index_custom_fields",
    "index_custom_fields_nightly",
    "note_broken_promises",
    "place_customers",
    "propose_and_merge",
    "realign_lately",
    "realign_nightly",
    "reappraise_customers",
    "reappraise_on",
    "reappraise_one_source",
    "recycle_due",
    "relearn_words",
]
