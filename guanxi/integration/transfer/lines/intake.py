"""Order lines go into the history, their unknown customers and products into the record and the catalogue.

The history and the database cannot commit together. The lines go first, under the name of their part: when the process
dies before the database has followed, the same part is appended again, the history says that it has it already, and the
rest is done as if for the first time.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from guanxi.customer.intake import Incoming, Status, ensure_delivery, take_in
from guanxi.customer.models import SourceRecord
from guanxi.customer.privacy.refusing import erased_numbers
from guanxi.foundation import history
from guanxi.foundation.accounts.models import User
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.outcomes import ERASED
from guanxi.integration.transfer.plan import Plan

DATASET = "order_lines"
# Lines of an invoice that are no goods, by the whole name, so that a discount card is goods.
SERVICES = (
    r"(?i)^((\S+ ){0,2}(postage|carriage|shipping|freight|delivery|discount|commission|charges?|fees?)"
    r"( (charges?|costs?|fees?))?|manual|samples?|adjust.*|cruk.*"
    r"|.{0,6}(邮费|运费|快递费|手续费|服务费|包装费|折扣|调整|押金|差价)([（(].*)?)$"
)
NOT_OF_A_LINE = "row, reason, detail, notes"


def append_lines(plan: Plan, prepared: Path, batch: str, first: int, rows: int) -> set[int]:
    """Append the good rows of a part; the keys of those that the history had from elsewhere.

    What erased customers bought comes in without them: the sums stay right, and nothing leads back.
    """
    with workbench(prepared.parent) as duck:
        part = f"read_parquet({literal(str(prepared))}) WHERE row BETWEEN {first} AND {first + rows - 1}"
        good = f"SELECT * EXCLUDE ({NOT_OF_A_LINE}) FROM {part} AND reason IS NULL"
        facts = _without_erased(duck, duck.execute(good).to_arrow_table(), plan.source)
    if not facts.num_rows:
        return set()
    store = history.store()
    appended = store.append(DATASET, batch, facts, skip_known=True)
    if not appended.already:
        return set(appended.known.to_pylist())
    return set(facts["line_key"].to_pylist()) - _brought_by(store, batch)


def _without_erased(duck: duckdb.DuckDBPyConnection, facts: pa.Table, source: str) -> pa.Table:
    """Neither their numbers, nor the order numbers that were made of those for want of any."""
    erased = erased_numbers(source, set(facts["external_id"].drop_null().unique().to_pylist()))
    if not erased:
        return facts
    duck.register("facts", facts)
    duck.register("erased", pa.table({"number": pa.array(sorted(erased), pa.string())}))
    nobody = """SELECT * EXCLUDE (number) REPLACE (
            CASE WHEN starts_with(order_id, number || '|') THEN '-' || substr(order_id, length(number) + 1)
                ELSE order_id END AS order_id,
            CASE WHEN number IS NULL THEN external_id END AS external_id)
        FROM facts LEFT JOIN erased ON external_id = number"""
    return duck.execute(nobody).to_arrow_table().cast(facts.schema)


def _brought_by(store: history.Store, batch: str) -> set[int]:
    with store.read() as reading:
        reading.table(DATASET)
        found = reading.duck.execute(f"SELECT line_key FROM {DATASET} WHERE batch = ?", [batch]).fetchall()
    return {key for (key,) in found}


def outcomes_of(plan: Plan, prepared: Path, first: int, rows: int, *, known: set[int], new: set[str]) -> pa.Table:
    """The outcome of each row of a part. `known` are keys the history had, `new` customers nobody had told of."""
    with workbench(prepared.parent) as duck:
        part = f"read_parquet({literal(str(prepared))}) WHERE row BETWEEN {first} AND {first + rows - 1}"
        numbers = duck.execute(f"SELECT DISTINCT external_id FROM {part} AND external_id NOTNULL").fetchall()
        erased = erased_numbers(plan.source, {number for (number,) in numbers})
        duck.register("erased", pa.table({"external_id": pa.array(sorted(erased), pa.string())}))
        duck.register("known", pa.table({"line_key": pa.array(sorted(known), pa.int64())}))
        duck.register("new", pa.table({"external_id": pa.array(sorted(new), pa.string())}))
        return duck.execute(
            f"""
            SELECT row, CASE WHEN reason = 'blank' THEN 'empty' WHEN reason = 'repeat' THEN 'left_out'
                    WHEN reason IS NOT NULL THEN 'rejected' WHEN line_key IN (FROM known) THEN 'known' ELSE 'added' END
                    AS outcome,
                reason, detail,
                CASE WHEN external_id IN (FROM erased) THEN list_append(notes, {literal(ERASED)})
                    WHEN reason IS NULL AND external_id IN (FROM new) THEN list_append(notes, 'new_customer')
                    ELSE notes END AS notes,
                external_id, NULL::BIGINT AS party
            FROM {part} ORDER BY row"""
        ).to_arrow_table()


def know_customers(plan: Plan, prepared: Path, first: int, rows: int, *, at: datetime, by: User | None) -> set[str]:
    """Make a bare customer for each number of a part that its source has not told of; the new numbers."""
    with workbench(prepared.parent) as duck:
        found = duck.execute(
            f"""
            SELECT external_id, min("at"), mode(country) FROM read_parquet({literal(str(prepared))})
            WHERE row BETWEEN {first} AND {first + rows - 1} AND reason IS NULL AND external_id IS NOT NULL
            GROUP BY external_id ORDER BY external_id"""
        ).fetchall()
    records = SourceRecord.objects.filter(source__key=plan.source, external_id__in=[number for number, _, _ in found])
    told = set(records.values_list("external_id", flat=True))
    bare = [_bare(plan, *row) for row in found if row[0] not in told]
    if not bare:
        return set()
    delivery = ensure_delivery(label=plan.delivery, source_key=plan.source, at=at, by=by)
    answers = take_in(source=delivery.source, records=bare, at=at, by=by, delivery=delivery)
    return {
        each.external_id for each, answer in zip(bare, answers, strict=True) if answer.status is not Status.REJECTED
    }


def _bare(plan: Plan, number: str, since: datetime, country: str | None) -> Incoming:
    """All that a line says about its customer. As of their first line, so that a file about customers knows better."""
    payload = {plan.header[plan.columns["external_id"]]: number}
    if country:
        payload[plan.header[plan.columns["country"]]] = country
    fields = {"number": number, "country": country or ""}
    return Incoming(external_id=number, payload=payload, fields=fields, as_of=min(since, plan.as_of))


def know_products(prepared: Path, first: int, rows: int) -> list[tuple[str, str]]:
    """Put the new product numbers of a part into the catalogue, under the name that most of their sales bear.

    Returns the new ones with their names.
    """
    with workbench(prepared.parent) as duck:
        found = duck.execute(
            f"""
            SELECT sku, coalesce(mode(description) FILTER (WHERE kind = 'sale'), mode(description), sku) AS name,
                regexp_matches(coalesce(mode(description), ''), {literal(SERVICES)}) AS is_service
            FROM read_parquet({literal(str(prepared))})
            WHERE row BETWEEN {first} AND {first + rows - 1} AND reason IS NULL AND sku IS NOT NULL
            GROUP BY sku ORDER BY sku"""
        ).fetchall()
    known = set(Product.objects.filter(sku__in=[sku for sku, _, _ in found]).values_list("sku", flat=True))
    new: Sequence[Product] = [
        Product(sku=sku, name=name[:200], is_service=service) for sku, name, service in found if sku not in known
    ]
    Product.objects.bulk_create(new, ignore_conflicts=True)
    return [(each.sku, each.name) for each in new]
