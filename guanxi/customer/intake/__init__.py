"""How customers come in: by the ten thousand from a source, each row answered, nothing lost, twice the same as once."""

from guanxi.customer.intake.deliveries import ensure_delivery
from guanxi.customer.intake.gate import Arriving, Decision, Verdict, add_refuser, appoint
from guanxi.customer.intake.golden import believed_of_one, recompute
from guanxi.customer.intake.hearing import Batch
from guanxi.customer.intake.holding import hold_parties
from guanxi.customer.intake.incoming import Incoming, Outcome, Status
from guanxi.customer.intake.reading import Read, Unread
from guanxi.customer.intake.reception import readable, receive, take_in
from guanxi.customer.intake.sources import ensure_source, own_source

__all__ = [
    "Arriving",
    "Batch",
    "Decision",
    "Incoming",
    "Outcome",
    "Read",
    "Status",
    "Unread",
    "Verdict",
    "add_refuser",
    "appoint",
    "believed_of_one",
    "ensure_delivery",
    "ensure_source",
    "hold_parties",
    "own_source",
    "readable",
    "receive",
    "recompute",
    "take_in",
]
