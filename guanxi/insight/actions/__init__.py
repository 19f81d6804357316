"""What people do in insight."""

from guanxi.insight.actions.answering import answer_suggestion, undo_answer
from guanxi.insight.actions.entrusting import entrust_tag
from guanxi.insight.actions.segmenting import delete_segment, save_segment

__all__ = ["answer_suggestion", "delete_segment", "entrust_tag", "save_segment", "undo_answer"]
