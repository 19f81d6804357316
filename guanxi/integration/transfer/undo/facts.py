"""What else the history and the catalogue hold that an import's customers and products stand for."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from guanxi.customer.takeback import Facts
from guanxi.foundation import history
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.lines.intake import DATASET
from guanxi.integration.transfer.models import Import, ImportChunk

AT_ONCE = 2_000


@contextmanager
def facts_about(source_key: str, folder: Path) -> Iterator[Facts]:
    """Tells of which external ids of the source the history holds facts; it is read when first asked.

    The ids lie in a DuckDB beside, which spills below `folder`: they may be many millions, and a reading that stayed
    open would make erasures wait.
    """
    with workbench(folder) as duck:

        @cache
        def gather() -> None:
            with history.store().read() as reading:
                reading.table(DATASET)
                query = f"SELECT DISTINCT external_id FROM {DATASET} WHERE source = {literal(source_key)}"
                ids = reading.duck.execute(query).to_arrow_reader()
                duck.register("ids", ids)
                duck.execute("CREATE TABLE told AS FROM ids")

        def facts(external_ids: Collection[str]) -> frozenset[str]:
            gather()
            return _among(duck, "told", "external_id", external_ids)

        yield facts


def remove_unused_products(import_: Import) -> None:
    """Take those products out of the catalogue that the import put there and that nobody has sold or changed since."""
    made = {sku: name for chunk in ImportChunk.objects.filter(of=import_) for sku, name in chunk.products}
    if not made:
        return
    with history.store().read() as reading:
        reading.table(DATASET)
        sold = _among(reading.duck, DATASET, "sku", made)
    unsold = sorted(made.keys() - sold)
    for start in range(0, len(unsold), AT_ONCE):
        found = Product.objects.filter(sku__in=unsold[start : start + AT_ONCE]).values_list("pk", "sku", "name")
        unchanged = {pk for pk, sku, name in found if name == made[sku]}
        Product.objects.filter(pk__in=unchanged - _referred_to(unchanged)).delete()


def _referred_to(products: Collection[int]) -> set[int]:
    found: set[int] = set()
    for relation in Product._meta.related_objects:
        column = relation.field.attname
        rows = relation.related_model._default_manager.filter(**{f"{column}__in": products})
        found.update(rows.values_list(column, flat=True))
    return found


def _among(duck: duckdb.DuckDBPyConnection, table: str, column: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that a column of the table holds."""
    duck.register("asked", pa.table({column: pa.array(list(names), pa.string())}))
    found = duck.execute(f"SELECT {column} FROM asked SEMI JOIN {table} USING ({column})").fetchall()
    return frozenset(name for (name,) in found)
