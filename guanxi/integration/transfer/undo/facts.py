"""What else the history and the catalogue hold that an import's customers and products stand for."""

from collections.abc import Iterator
from functools import cache

from guanxi.customer.takeback import Facts
from guanxi.foundation import history
from guanxi.foundation.catalogue.models import Product
from guanxi.integration.transfer.duck import literal
from guanxi.integration.transfer.lines.intake import DATASET
from guanxi.integration.transfer.models import Import, ImportChunk


def facts_about(source_key: str) -> Facts:
    """Tells of which external ids of the source the history holds facts; it is read when first asked."""

    @cache
    def told() -> frozenset[str]:
        return _named(f"SELECT DISTINCT external_id FROM {DATASET} WHERE source = {literal(source_key)}")

    return lambda external_ids: told().intersection(external_ids)


def unused_products(import_: Import) -> Iterator[Product]:
    """Products that the import put into the catalogue and that nobody has sold or changed since."""
    made = {sku: name for chunk in ImportChunk.objects.filter(of=import_) for sku, name in chunk.products}
    if not made:
        return
    sold = _named(f"SELECT DISTINCT sku FROM {DATASET}")
    for product in Product.objects.filter(sku__in=made.keys() - sold):
        if product.name == made[product.sku] and not _is_referred_to(product):
            yield product


def _is_referred_to(product: Product) -> bool:
    relations = product._meta.related_objects
    return any(each.related_model._default_manager.filter(**{each.field.name: product}).exists() for each in relations)


def _named(query: str) -> frozenset[str]:
    with history.store().read() as reading:
        reading.table(DATASET)
        return frozenset(name for (name,) in reading.duck.execute(query).fetchall() if name is not None)
