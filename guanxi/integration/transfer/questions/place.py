"""Where the tables of questions lie: `GUANXI_HOME/questions/<id>/`."""

import shutil
from pathlib import Path

from django.conf import settings


def folder_of(question_id: int) -> Path:
    """The folder of a question, which need not exist."""
    return Path(settings.GUANXI_HOME) / "questions" / str(question_id)


def table_of(question_id: int) -> Path:
    """Its rows as text."""
    return folder_of(question_id) / "rows.parquet"


def clear(question_id: int) -> bool:
    """Remove the table of a question; whether there was one."""
    there = table_of(question_id).exists()
    shutil.rmtree(folder_of(question_id), ignore_errors=True)
    return there
