"""What a step is given."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from guanxi.foundation.company.queries import current
from guanxi.insight.engines import Embedded, Engine, Piece
from guanxi.insight.models import Refresh
from guanxi.insight.refresh.folder import Folder


@dataclass
class Work:
    """One refresh in hand: its row, its files, the present moment, and the engine that reduces its facts."""

    run: Refresh
    folder: Folder
    at: datetime
    engine: Engine = field(default_factory=Embedded)

    def piece(self) -> AbstractContextManager[Piece]:
        """Begin a piece of the engine's work, in the company's days."""
        return self.engine.piece(self.folder.path, self.timezone)

    @cached_property
    def timezone(self) -> str:
        """The company's zone: days are its days."""
        company = current()
        return company.timezone if company else "UTC"

    @property
    def day(self) -> date:
        """The last day whose facts count."""
        return self.day_of(self.run)

    def day_of(self, run: Refresh) -> date:
        """The last day whose facts counted in a refresh, of this zone."""
        return run.as_of.astimezone(ZoneInfo(self.timezone)).date()
