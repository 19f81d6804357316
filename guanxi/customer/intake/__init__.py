"""How customers come in: by the ten thousand from a source, each row answered, nothing lost, twice the same as once."""

from guanxi.customer.intake.golden import recompute
from guanxi.customer.intake.incoming import Incoming, Outcome, Status
from guanxi.customer.intake.reception import take_in
from guanxi.customer.intake.sources import ensure_source, own_source

__all__ = ["Incoming", "Outcome", "Status", "ensure_source", "own_source", "recompute", "take_in"]
