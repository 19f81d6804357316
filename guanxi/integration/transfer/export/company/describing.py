"""What is in the archive, for people (README.md) and programs (schema.json)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from guanxi.foundation.company.queries import current
from guanxi.foundation.history.datasets import all_declared
from guanxi.integration.transfer.export.company.tables import business_tables, columns_of
from guanxi.integration.transfer.export.models import ExportPart

README = """# {name}, as exported from Guanxi on {at:%Y-%m-%d %H:%M} UTC

- `tables/*.parquet`: one file for each table of the database. `schema.json` says what each column is and which table it
  points at. Columns ending in `_id` hold the `id` of the table they point at. JSON columns hold JSON as text.
- `history/*.parquet`: bulk facts such as order lines. They belong to a source and the number that it knows the customer
  by: join `tables/customer_sourcerecord.parquet` on its source's `key` and `external_id` to find the customer.
- `files/`: the files kept with customers, as they were handed in; `files.csv` says whose each is, who added it, when.
- `parts.json`: rows, bytes and SHA-256 of every Parquet file, and when it was read.

Times are UTC, money is in {currency}. Tables were read one after the other, those that point at others first, so that
every row that is pointed at is there. Passwords and sessions are left out. Any program that reads Parquet can open the
files: DuckDB, pandas, Spark, Power BI, Excel (Power Query).
"""


def readme(at: datetime) -> str:
    company = current()
    return README.format(
        name=company.name if company else "Company", at=at, currency=company.currency if company else ""
    )


def schema() -> str:
    """JSON: every table with its columns, their types, what they point at, and what the table is for."""
    tables = {model._meta.db_table: _table(model) for model in business_tables()}
    history = {
        each.name: {"columns": {field.name: {"type": str(field.type)} for field in each.schema}}
        for each in all_declared()
    }
    return json.dumps({"tables": tables, "history": history}, ensure_ascii=False, indent=1)


def parts(written: Iterable[ExportPart]) -> str:
    """JSON: what is known of every file of the archive."""
    found = [
        {
            "file": each.name,
            "rows": each.rows,
            "bytes": each.size,
            "sha256": each.sha256,
            "read_at": f"{each.read_at:%FT%TZ}",
        }
        for each in written
    ]
    return json.dumps(found, indent=1)


def _table(model: type[Model]) -> dict[str, Any]:
    said = " ".join((model.__doc__ or "").split())
    is_ours = not said.startswith(f"{model.__name__}(")  # what Django writes for a model without a description
    return {
        "about": said if is_ours else "",
        "columns": {each.column: _column(each) for each in columns_of(model)},
    }


def _column(field: Field) -> dict[str, Any]:  # type: ignore[type-arg]
    told: dict[str, Any] = {"type": field.db_type(connection), "null": field.null}
    if field.primary_key:
        told["primary_key"] = True
    if field.related_model is not None:
        told["points_at"] = field.related_model._meta.db_table
    if field.choices:
        told["values"] = {str(value): str(label) for value, label in field.flatchoices}
    return told
