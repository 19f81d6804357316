"""Apache Spark: the same expressions on a cluster that reads and writes the data folder. Needs the extra `[spark]`."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.pyspark import Backend
from pyspark import SparkContext
from pyspark.sql import DataFrame, SparkSession

from guanxi.foundation.duck import literal
from guanxi.foundation.files import completed
from guanxi.insight.engines.embedded import bench

# Whatever is not said here is the cluster's own affair: spark-defaults.conf, or SPARK_CONF_DIR.
SETTINGS = {
    "spark.sql.ansi.enabled": "false",  # a logarithm of nothing is null, as in DuckDB
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """One application on the cluster at `master` (`spark://host:7077`, `local[*]`), begun when first needed."""

    def __init__(self, master: str) -> None:
        self._master = master

    @cached_property
    def _session(self) -> SparkSession:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(self._master).appName("guanxi")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        return session

    @contextmanager
    def piece(self, folder: Path, timezone: str) -> Iterator["SparkPiece"]:
        """Begin a piece of work; what it writes passes through `folder`, which driver and workers must share."""
        backend = ibis.pyspark.connect(self._session)
        self._session.conf.set("spark.sql.session.timeZone", timezone)  # connecting has set it to UTC
        piece = SparkPiece(self._session, backend, folder)
        try:
            yield piece
        finally:
            piece.leave()

    def stop(self) -> None:
        """End the application, if it has begun, and its Java: an idle one would keep half a gigabyte for ever."""
        if "_session" in self.__dict__:
            self._session.stop()
            if gateway := SparkContext._gateway:
                SparkContext._gateway = SparkContext._jvm = None
                gateway.shutdown()
                gateway.proc.stdin.close()
                gateway.proc.wait()


@dataclass
class SparkPiece:
    session: SparkSession
    backend: Backend
    folder: Path
    _views: list[str] = field(default_factory=list)
    _kept: list[DataFrame] = field(default_factory=list)

    def parquet(self, *files: str | Path) -> ir.Table:
        return self._seen(self.session.read.option("mergeSchema", "true").parquet(*map(str, files)))

    def rows(self, table: pa.Table) -> ir.Table:
        return self._seen(self.session.createDataFrame(table))

    def kept(self, rows: ir.Table) -> ir.Table:
        frame = self._frame(rows).persist()
        self._kept.append(frame)
        return self._seen(frame)

    def write(self, rows: ir.Table, target: Path) -> int:
        """The workers write parts, in order; they are joined into one file here."""
        parts = self.folder / f"parts-{uuid4().hex}"
        try:
            self._frame(rows).write.parquet(str(parts))
            files = ", ".join(literal(part) for part in sorted(parts.glob("part-*.parquet")))
            with completed(target) as draft, bench(self.folder) as database:
                (count,) = database.execute(
                    f"COPY (FROM read_parquet([{files}])) TO {literal(draft)} (FORMAT parquet)"
                ).fetchone() or (0,)
        finally:
            shutil.rmtree(parts, ignore_errors=True)
        return int(count)

    def answer(self, rows: ir.Table) -> pa.Table:
        return self._frame(rows).toArrow().cast(rows.schema().to_pyarrow())

    def count(self, rows: ir.Table) -> int:
        return self._frame(rows).count()

    def leave(self) -> None:
        """Let the cluster forget what was kept for this piece."""
        for frame in self._kept:
            frame.unpersist()
        for view in self._views:
            self.session.catalog.dropTempView(view)

    def _frame(self, rows: ir.Table) -> DataFrame:
        return self.session.sql(self.backend.compile(rows))

    def _seen(self, frame: DataFrame) -> ir.Table:
        view = f"guanxi_{uuid4().hex}"
        frame.createOrReplaceTempView(view)
        self._views.append(view)
        return self.backend.table(view)
