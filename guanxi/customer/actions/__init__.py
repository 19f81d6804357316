"""What people do to the record. Each verb is atomic; whatever changes a customer says who did it and when."""

from guanxi.customer.actions.consenting import record_consent
from guanxi.customer.actions.correcting import correct_field, withdraw_correction
from guanxi.customer.actions.correcting_many import correct_in_place, correct_many, undo_correction
from guanxi.customer.actions.creating import create_customer
from guanxi.customer.actions.households import part_household, unite_household
from guanxi.customer.actions.identifying import (
    add_identifier,
    remove_identifier,
    verify_identifier,
    withdraw_verification,
)
from guanxi.customer.actions.own_records import own_record, own_records
from guanxi.customer.actions.owning import assign_owner, undo_assignment
from guanxi.customer.actions.registering import register_again
from guanxi.customer.actions.relating import begin_relationship, end_relationship
from guanxi.customer.actions.tagging import tag, undo_tagging, undo_untagging, untag
from guanxi.customer.actions.talking import hold_meeting, log_call, write_note
from guanxi.customer.actions.viewing import delete_view, open_with_view, save_view

__all__ = [
    "add_identifier",
    "assign_owner",
    "begin_relationship",
    "correct_field",
    "correct_in_place",
    "correct_many",
    "create_customer",
    "delete_view",
    "end_relationship",
    "hold_meeting",
    "log_call",
    "open_with_view",
    "own_record",
    "own_records",
    "part_household",
    "record_consent",
    "register_again",
    "remove_identifier",
    "save_view",
    "tag",
    "undo_assignment",
    "undo_correction",
    "undo_tagging",
    "undo_untagging",
    "unite_household",
    "untag",
    "verify_identifier",
    "withdraw_correction",
    "withdraw_verification",
    "write_note",
]
