"""The history's facts, whatever the engine."""

import ibis
import ibis.expr.types as ir

from guanxi.foundation.history import Reading
from guanxi.foundation.history.datasets import declared
from guanxi.insight.engines.port import Piece


def facts(piece: Piece, reading: Reading, dataset: str) -> ir.Table:
    """A dataset as `reading` sees it: one row per fact, columns as declared. The reading must stay open meanwhile."""
    shape = declared(dataset).schema
    files = reading.files(dataset)
    if not files:
        return piece.rows(shape.empty_table())
    found = piece.parquet(*files)
    kinds = ibis.Schema.from_pyarrow(shape)
    return found.select(
        **{name: found[name] if name in found.columns else ibis.null(kind) for name, kind in kinds.items()}
    )
