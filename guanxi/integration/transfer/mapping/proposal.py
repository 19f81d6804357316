"""What is proposed for a file just read: what it is, its mapping, and how its figures and dates are written."""

from dataclasses import dataclass
from typing import Any

import duckdb

from guanxi.customer.normal import country_of_phones
from guanxi.foundation.company.queries import current
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.duck import workbench
from guanxi.integration.transfer.fields import Kind, Looks, fields_of
from guanxi.integration.transfer.files.content import Format
from guanxi.integration.transfer.mapping.memory import remembered
from guanxi.integration.transfer.mapping.suggestion import suggested_kind, suggested_mapping
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.place import Place, place_of
from guanxi.integration.transfer.values.cells import cell
from guanxi.integration.transfer.values.moments import Order, order_of
from guanxi.integration.transfer.values.numbers import decimal_mark

SAMPLE = 500
USUAL_SOURCE = "import"


@dataclass(frozen=True)
class Written:
    """How the values of a file are written, as far as they tell; `dates_open` when only a person can say."""

    decimal: str
    dates: str
    dates_open: bool

    def choices(self) -> dict[str, Any]:
        return {"decimal": self.decimal, "dates": self.dates, "dates_open": self.dates_open}


def propose(import_: Import, *, kind: str = "", source: str = "") -> None:
    """Fill kind, source, mapping and choices of an import: as last time for such a file, else from what it says."""
    last = remembered(import_.header, source)
    if last and (not kind or kind == last.kind):
        import_.kind, import_.source_key, import_.mapping = last.kind, last.source_key, last.mapping
        import_.choices = {**last.choices, **written(import_, keep=last.choices).choices()}
        return
    columns = sample(place_of(import_.pk), len(import_.header))
    import_.kind = kind or suggested_kind(import_.header, columns)
    import_.source_key = source or (last.source_key if last else USUAL_SOURCE)
    found = suggested_mapping(import_.kind, import_.header, columns)
    import_.mapping = {str(place): key for place, key in found.items()}
    import_.choices = {**written(import_).choices(), **_dialled(import_, columns)}


def _dialled(import_: Import, columns: list[list[str]]) -> dict[str, str]:
    """From which country the phone numbers of customers are, as far as the first ones tell."""
    company = current()
    texts = [text for place, key in import_.mapping.items() if key == "phone" for text in columns[int(place)] if text]
    if import_.kind != Kind.CUSTOMERS or not company:
        return {}
    return {"phones_from": country_of_phones(texts, company.country)}


def sample(place: Place, width: int, rows: int = SAMPLE) -> list[list[str]]:
    """The first cells of each column."""
    with workbench(place.folder) as duck:
        found = duck.execute(f"SELECT * EXCLUDE (row, problem) FROM {literal(str(place.rows))} LIMIT {rows}").fetchall()
    return [[row[column] or "" for row in found] for column in range(width)]


def written(import_: Import, keep: dict[str, Any] | None = None) -> Written:
    """How figures and dates are written in the mapped columns, decided over the whole file; what it leaves open is
    taken from `keep`."""
    kept = keep or {}
    place = place_of(import_.pk)
    with workbench(place.folder) as duck:
        table = literal(str(place.rows))
        decimal = _decimal(duck, import_, table)
        order, has_short = order_of(duck, _texts(import_, Looks.MOMENT, Looks.DAY, Looks.BIRTH_DATE), table)
    open_ = has_short and order is Order.UNTOLD
    return Written(decimal, order or (kept.get("dates", "") if open_ else ""), open_)


def _decimal(duck: duckdb.DuckDBPyConnection, import_: Import, table: str) -> str:
    if import_.reading["format"] != Format.TEXT:
        return "."
    likely = "," if import_.reading["delimiter"] == ";" else "."
    texts = _texts(import_, Looks.NUMBER) if import_.kind == Kind.TRANSACTIONS else []
    return decimal_mark(duck, texts, table, likely=likely)


def _texts(import_: Import, *looks: Looks) -> list[str]:
    keys = {each.key for each in fields_of(import_.kind) if each.looks in looks}
    return [cell(f"c{place}") for place, key in import_.mapping.items() if key in keys]
