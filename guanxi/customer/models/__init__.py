"""The record's nouns. Every row about a customer carries its source record (never rewritten) and a derived party."""

from guanxi.customer.models.belief import BeliefRule, Reappraisal
from guanxi.customer.models.consent import Consent, ContactRule
from guanxi.customer.models.custom import CustomField
from guanxi.customer.models.duplicates import DuplicatePolicy, Registration
from guanxi.customer.models.event import Event
from guanxi.customer.models.merge import Merge, Proposal
from guanxi.customer.models.outbox import Outbox
from guanxi.customer.models.party import Party, PartyRole
from guanxi.customer.models.reading import Computation, Reading
from guanxi.customer.models.relationship import Relationship
from guanxi.customer.models.source import Identifier, Source, SourceRecord, SupersededPayload
from guanxi.customer.models.tag import PartyTag, Tag
from guanxi.customer.models.view import SavedView

__all__ = [
    "BeliefRule",
    "Computation",
    "Consent",
    "ContactRule",
    "CustomField",
    "DuplicatePolicy",
    "Event",
    "Identifier",
    "Merge",
    "Outbox",
    "Party",
    "PartyRole",
    "PartyTag",
    "Proposal",
    "Reading",
    "Reappraisal",
    "Registration",
    "Relationship",
    "SavedView",
    "Source",
    "SourceRecord",
    "SupersededPayload",
    "Tag",
]
