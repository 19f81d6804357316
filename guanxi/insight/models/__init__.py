from guanxi.insight.models.chronicle import StageEntry, StrengthEntry
from guanxi.insight.models.need import Need
from guanxi.insight.models.offer import Article, Offer
from guanxi.insight.models.programme import Assignment, Exposure, Programme, ProgrammeClosure, Verdict
from guanxi.insight.models.refresh import ModelCard, Refresh, RefreshStep
from guanxi.insight.models.segment import Segment
from guanxi.insight.models.suggestion import Answer, Suggestion

__all__ = [
    "Answer",
    "Article",
    "Assignment",
    "Exposure",
    "ModelCard",
    "Need",
    "Offer",
    "Programme",
    "ProgrammeClosure",
    "Refresh",
    "RefreshStep",
    "Segment",
    "StageEntry",
    "StrengthEntry",
    "Suggestion",
    "Verdict",
]
