"""The record's jobs, a module for each subject."""

from guanxi.customer.jobs.pool import place_customers, recycle_due
from guanxi.customer.jobs.privacy import carry_on_erasure, carry_on_erasures

__all__ = ["carry_on_erasure", "carry_on_erasures", "place_customers", "recycle_due"]
