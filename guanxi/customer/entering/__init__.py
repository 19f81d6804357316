"""The door at which colleagues type customers in: whom they may mean, and what the company wants done then."""

from guanxi.customer.entering.arrivals import Became, Entry, attach_to_known, enter_customer, refuse_entry
from guanxi.customer.entering.corrections import doubts, send_to_review
from guanxi.customer.entering.suspects import Suspect, consequence, must_ask, suspects

__all__ = [
    "Became",
    "Entry",
    "Suspect",
    "attach_to_known",
    "consequence",
    "doubts",
    "enter_customer",
    "must_ask",
    "refuse_entry",
    "send_to_review",
    "suspects",
]
