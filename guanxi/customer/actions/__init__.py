"""What people do to the record. Each verb is atomic; whatever changes a customer says who did it and when."""

from guanxi.customer.actions.consenting import record_consent
from guanxi.customer.actions.correcting import correct_field, withdraw_correction
from guanxi.customer.actions.creating import create_customer
from guanxi.customer.actions.own_records import own_record, own_records
from guanxi.customer.actions.owning import assign_owner, undo_assignment
from guanxi.customer.actions.tagging import tag, undo_tagging, untag
from guanxi.customer.actions.talking import log_call, write_note
from guanxi.customer.actions.viewing import delete_view, save_view

__all__ = [
    "assign_owner",
    "correct_field",
    "create_customer",
    "delete_view",
    "log_call",
    "own_record",
    "own_records",
    "record_consent",
    "save_view",
    "tag",
    "undo_assignment",
    "undo_tagging",
    "untag",
    "withdraw_correction",
    "write_note",
]
