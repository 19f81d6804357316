"""Named places at which a test kills the process that takes an import back."""

from enum import StrEnum


class UndoPoint(StrEnum):
    """In the order in which an undo passes them."""

    BEGUN = "undo_begun"
    LINES_WITHDRAWN = "undo_lines_withdrawn"
    PART_BEGUN = "undo_part_begun"
    PART_TAKEN_BACK = "undo_part_taken_back"
    BEFORE_COMMIT = "undo_before_commit"
    AFTER_COMMIT = "undo_after_commit"
    BEFORE_FINISH = "undo_before_finish"
