"""Which engine this installation uses: `GUANXI_ENGINE`."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _

from guanxi.foundation.errors import UserError
from guanxi.insight.engines.embedded import Embedded
from guanxi.insight.engines.port import Engine


@contextmanager
def chosen() -> Iterator[Engine]:
    """The engine for everything that one refresh computes; a Spark application ends with it.

    Raises UserError when the engine is unknown, or Spark is not installed.
    """
    match settings.ENGINE:
        case "duckdb":
            yield Embedded()
        case "spark":
            with _spark() as engine:
                yield engine
        case other:
            raise UserError(_("GUANXI_ENGINE is “%s”. It can be duckdb or spark.") % other)


@contextmanager
def _spark() -> Iterator[Engine]:
    try:
        from guanxi.insight.engines.spark import Spark  # noqa: PLC0415 (PySpark is an extra)
    except ImportError as problem:
        raise UserError(
            _("GUANXI_ENGINE is spark, but PySpark is not installed: pip install 'guanxi[spark]'.")
        ) from problem
    engine = Spark(settings.SPARK_MASTER)
    try:
        yield engine
    finally:
        engine.stop()
