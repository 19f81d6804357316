"""What a step is given."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from guanxi.foundation.company.queries import current
from guanxi.insight.models import Refresh
from guanxi.insight.refresh.folder import Folder


@dataclass
class Work:
    """One refresh in hand: its row, its files, the present moment."""

    run: Refresh
    folder: Folder
    at: datetime

    @cached_property
    def timezone(self) -> str:
        """The company's zone: days are its days."""
        company = current()
        return company.timezone if company else "UTC"

    @property
    def day(self) -> date:
        """The last day whose facts count."""
        return self.run.as_of.astimezone(ZoneInfo(self.timezone)).date()
