"""The record's nouns. Every row about a customer carries its source record (never rewritten) and a derived party."""

from guanxi.customer.models.asset import Asset, ServiceRecord
from guanxi.customer.models.belief import BeliefRule, Reappraisal
from guanxi.customer.models.consent import Consent, ContactRule
from guanxi.customer.models.custom import CustomField
from guanxi.customer.models.delivery import Delivery, Telling
from guanxi.customer.models.duplicates import DuplicatePolicy, Registration
from guanxi.customer.models.engagement import Attachment, Pin, Promise, Striking, Task
from guanxi.customer.models.event import Event
from guanxi.customer.models.level import ContactStandard, Level, LevelEntry
from guanxi.customer.models.matching import MatchingModel, MatchingPolicy
from guanxi.customer.models.merge import Merge, Proposal
from guanxi.customer.models.outbox import Outbox
from guanxi.customer.models.ownership import HandedOver, Handover, Territory, TerritoryRule
from guanxi.customer.models.party import Party, PartyRole
from guanxi.customer.models.pool import Claim, HoldingCap, Pool, RecycleRule
from guanxi.customer.models.privacy import ErasedKey, ErasureStep, PrivacyRequest, Readmission, RetentionRule
from guanxi.customer.models.reading import Computation, Reading
from guanxi.customer.models.relationship import Relationship
from guanxi.customer.models.source import Identifier, Source, SourceRecord, SupersededPayload
from guanxi.customer.models.spelling import SpelledWord
from guanxi.customer.models.split import Split
from guanxi.customer.models.tag import PartyTag, Tag, TagSteward
from guanxi.customer.models.view import SavedView

__all__ = [
    "Asset",
    "Attachment",
    "BeliefRule",
    "Claim",
    "Computation",
    "Consent",
    "ContactRule",
    "ContactStandard",
    "CustomField",
    "Delivery",
    "DuplicatePolicy",
    "ErasedKey",
    "ErasureStep",
    "Event",
    "HandedOver",
    "Handover",
    "HoldingCap",
    "Identifier",
    "Level",
    "LevelEntry",
    "MatchingModel",
    "MatchingPolicy",
    "Merge",
    "Outbox",
    "Party",
    "PartyRole",
    "PartyTag",
    "Pin",
    "Pool",
    "PrivacyRequest",
    "Promise",
    "Proposal",
    "Reading",
    "Readmission",
    "Reappraisal",
    "RecycleRule",
    "Registration",
    "Relationship",
    "RetentionRule",
    "SavedView",
    "ServiceRecord",
    "Source",
    "SourceRecord",
    "SpelledWord",
    "Split",
    "Striking",
    "SupersededPayload",
    "Tag",
    "TagSteward",
    "Task",
    "Telling",
    "Territory",
    "TerritoryRule",
]
