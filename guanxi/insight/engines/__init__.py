"""Where the heavy reductions run: DuckDB in this process, or a Spark cluster. One Ibis expression serves both."""

from guanxi.insight.engines.chosen import chosen
from guanxi.insight.engines.embedded import Embedded, bench
from guanxi.insight.engines.facts import facts
from guanxi.insight.engines.port import Engine, Piece

__all__ = ["Embedded", "Engine", "Piece", "bench", "chosen", "facts"]
