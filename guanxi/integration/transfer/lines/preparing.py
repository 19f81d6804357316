"""What each row says under the mapping, decided for the whole file at once, in SQL.

`prepared.parquet` holds one row for each row of the file, in its order: the columns of an order line, `reason` where it
cannot be one (see `reasons.py`), `detail` with the cell that is to blame, and `notes` on what is special about it.
"""

from collections.abc import Iterator

import duckdb

from guanxi.integration.transfer.duck import literal
from guanxi.integration.transfer.plan import Plan
from guanxi.integration.transfer.values.cells import cell, code, half_width
from guanxi.integration.transfer.values.moments import moment
from guanxi.integration.transfer.values.numbers import number

FIELDS = (
    "at", "time", "external_id", "order_id", "sku", "description", "quantity", "unit_price", "amount", "currency", "country",
)  # fmt: skip
CODES = {"external_id": 120, "order_id": 120, "sku": 64}
MOST = 1e12  # beyond this a figure is a mistake
SIGNS = {
    "¥": "CNY",
    "￥": "CNY",
    "RMB": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "£": "GBP",
    "€": "EUR",
    "$": "USD",
    "US$": "USD",
}


def prepared_lines(duck: duckdb.DuckDBPyConnection, rows: str, plan: Plan) -> str:
    """The query that prepares the rows which the SQL expression `rows` reads."""
    duck.execute(f"CREATE OR REPLACE TEMP VIEW said AS {_said(rows, plan)}")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW understood AS {_understood(plan)}")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW judged AS {_judged(plan)}")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW numbered AS {_numbered(duck)}")
    return _lines(plan)


def _said(rows: str, plan: Plan) -> str:
    """The cells under the names of the fields."""
    cells = ", ".join(
        f"{cell(f'c{plan.columns[key]}') if plan.has(key) else 'NULL::VARCHAR'} AS {key}_text" for key in FIELDS
    )
    blank = " AND ".join(f"{cell(f'c{place}')} IS NULL" for place in range(len(plan.header)))
    return f"SELECT row, problem, {blank} AS blank, {cells} FROM {rows}"


def _understood(plan: Plan) -> str:
    """The cells as moments, figures and codes; NULL where they are none."""
    when = (
        "CASE WHEN time_text IS NULL THEN at_text ELSE at_text || ' ' || time_text END"
        if plan.has("time")
        else "at_text"
    )
    amounts = ", ".join(
        f"{number(f'{key}_text', plan.decimal)} AS {key}_read" for key in ("quantity", "unit_price", "amount")
    )
    codes = ", ".join(f"{code(f'{key}_text')} AS {key}" for key in CODES)
    return (
        f"SELECT *, {moment(when, plan.dates, plan.zone)} AS instant, {amounts}, {codes}, description_text AS description,"
        f" country_text AS country, {_currency(plan)} AS currency FROM said"
    )


def _currency(plan: Plan) -> str:
    named = " ".join(f"WHEN {literal(sign)} THEN {literal(name)}" for sign, name in SIGNS.items())
    return f"coalesce(CASE {half_width('upper(currency_text)')} {named} ELSE upper(currency_text) END, {literal(plan.currency)})"


def _judged(plan: Plan) -> str:
    """Why a row cannot be a line, if it cannot; the first reason counts."""
    reasons = " ".join(f"WHEN {condition} THEN {literal(name)}" for name, condition, _ in _reasons(plan))
    details = " ".join(f"WHEN {literal(name)} THEN {detail}" for name, _, detail in _reasons(plan))
    return (
        f"SELECT *, CASE reason {details} END AS detail FROM (SELECT *, CASE {reasons} END AS reason FROM understood)"
    )


def _reasons(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Reason, condition, and the cell that is to blame."""
    yield "blank", "blank", "NULL"
    for name in ("too_wide", "nul", "encoding"):
        yield name, f"problem = {literal(name)}", "NULL"
    yield "date_missing", "at_text IS NULL", "NULL"
    yield "date_unreadable", "instant IS NULL", "at_text"
    for key in ("quantity", "unit_price", "amount"):
        unreadable = f"{key}_text IS NOT NULL AND ({key}_read IS NULL OR abs({key}_read) > {MOST})"
        yield f"{key}_unreadable", unreadable, f"{key}_text"
    if plan.has("quantity"):
        yield "quantity_missing", "quantity_text IS NULL AND amount_text IS NULL", "NULL"
    yield "price_missing", "unit_price_read IS NULL AND amount_read IS NULL", "NULL"
    yield "order_missing", "order_id IS NULL" if plan.has("order_id") else "false", "NULL"
    for key, most in CODES.items():
        yield f"{key}_too_long", f"length({key}) > {most}", f"left({key}, 60)"
    yield "currency_other", f"currency <> {literal(plan.currency)}", "currency_text"


def _numbered(duck: duckdb.DuckDBPyConnection) -> str:
    """Figures completed, cancellations turned round, and how often the same line stood in the file before."""
    cancelled = "false"
    if _marks_cancellations(duck):
        cancelled = r"coalesce(regexp_matches(order_id, '^[Cc]\d+$'), false)"
    return f"""
        SELECT *, row_number() OVER (
            PARTITION BY reason IS NULL, order_id, coalesce(sku, description), instant, quantity, coalesce(unit_price, amount)
            ORDER BY row) AS occurrence
        FROM (
            SELECT * REPLACE (CASE WHEN turned THEN -amount ELSE amount END AS amount),
                CASE WHEN turned THEN -pieces ELSE pieces END AS quantity
            FROM (
                SELECT *, {cancelled} AS cancelled, cancelled AND pieces > 0 AND amount > 0 AS turned
                FROM (
                    SELECT * REPLACE (
                            coalesce(order_id, concat_ws('|', coalesce(external_id, '-'), strftime(instant, '%Y-%m-%d'))) AS order_id),
                        coalesce(quantity_read, CASE WHEN amount_read < 0 THEN -1 ELSE 1 END)::DOUBLE AS pieces,
                        unit_price_read AS unit_price, coalesce(amount_read, round(pieces * unit_price_read, 4)) AS amount
                    FROM judged)))"""


def _marks_cancellations(duck: duckdb.DuckDBPyConnection) -> bool:
    """Whether invoices named C… are cancellations: then most invoices have plain numbers."""
    query = r"SELECT count(*) FILTER (WHERE regexp_matches(order_id, '^\d+$')) > count(*) / 2 FROM judged"
    ((found,),) = duck.execute(query).fetchall()
    return bool(found)


def _lines(plan: Plan) -> str:
    """One row for each row of the file, in order."""
    key = (
        f"concat_ws(chr(31), {literal(plan.source)}, order_id, coalesce(sku, description, ''), epoch_us(instant), quantity,"
        " coalesce(unit_price, amount), occurrence)"
    )
    kind = (
        "CASE WHEN amount = 0 OR unit_price <= 0 THEN 'adjustment'"
        " WHEN quantity < 0 OR amount < 0 OR cancelled THEN 'return' ELSE 'sale' END"
    )
    once = "CASE WHEN reason IS NULL AND occurrence > 1 THEN 'repeat' ELSE reason END" if plan.count_once else "reason"
    notes = (
        f"CASE WHEN reason IS NULL THEN list_filter([nullif({kind}, 'sale'), CASE WHEN external_id IS NULL THEN"
        " 'no_customer' END, CASE WHEN occurrence > 1 THEN 'repeated' END], x -> x IS NOT NULL) ELSE [] END"
    )
    return (
        f"SELECT row, {once} AS reason, detail, {notes} AS notes, {literal(plan.source)} AS source, external_id,"
        f' (md5_number({key}) & 9223372036854775807::UHUGEINT)::BIGINT AS line_key, instant AS "at", order_id, sku,'
        f" left(description, 500) AS description, quantity, unit_price, amount, currency, country, {kind} AS kind"
        " FROM numbered ORDER BY row"
    )
