"""Everybody's readings, computed anew: `refresh` is the one way in."""

from guanxi.insight.refresh.progress import Progress
from guanxi.insight.refresh.run import RefreshRunning, refresh, without_refresh

__all__ = ["Progress", "RefreshRunning", "refresh", "without_refresh"]
