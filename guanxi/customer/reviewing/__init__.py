"""The review of likely duplicates: who decided what about which pair, and the way back."""

from guanxi.customer.reviewing.decisions import (
    DECIDED,
    DECISION_UNDONE,
    decide,
    last_decision,
    proposal_of,
    undo_decision,
)

__all__ = ["DECIDED", "DECISION_UNDONE", "decide", "last_decision", "proposal_of", "undo_decision"]
