"""What each row says under the mapping, decided for the whole file at once, in SQL.

`prepared.parquet` holds one row for each row of the file, in its order: the columns of an order line, `reason` where it
cannot be one (see `reasons.py`), `detail` with the cell that is to blame, and `notes` on what is special about it.
"""

from collections.abc import Iterator

import duckdb

from guanxi.customer.normal import plain_text
from guanxi.foundation.duck import literal
from guanxi.integration.transfer.plan import Plan
from guanxi.integration.transfer.reasons import PROBLEMS
from guanxi.integration.transfer.values.cells import cell, code, half_width
from guanxi.integration.transfer.values.moments import moment
from guanxi.integration.transfer.values.numbers import number

FIELDS = (
    "at", "time", "external_id", "order_id", "sku", "description", "quantity", "unit_price", "amount", "currency",
    "country",
)  # fmt: skip
CODES = {"external_id": 120, "order_id": 120, "sku": 64}
MOST = 1e12  # beyond this a figure is a mistake
SIGNS = {
    "¥": "CNY", "￥": "CNY", "RMB": "CNY", "元": "CNY", "人民币": "CNY", "£": "GBP", "€": "EUR", "$": "USD",
    "US$": "USD",
}  # fmt: skip
KIND = """CASE WHEN amount = 0 OR unit_price <= 0 THEN 'adjustment'
    WHEN quantity < 0 OR amount < 0 OR cancelled THEN 'return' ELSE 'sale' END"""
# Lines that agree in these are the same line.
SAME = (
    "order_id", "coalesce(sku, description, '')", "epoch_us(instant)", "quantity", "coalesce(unit_price, amount)",
)  # fmt: skip


def prepared_lines(duck: duckdb.DuckDBPyConnection, rows: str, plan: Plan) -> str:
    """The query that prepares the rows which the SQL expression `rows` reads."""
    duck.create_function("plain_text", plain_text, ["VARCHAR"], "VARCHAR")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW said AS {_said(rows, plan)}")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW understood AS {_understood(plan)}")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW judged AS {_judged(plan)}")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW completed AS {_completed(duck)}")
    duck.execute(f"CREATE OR REPLACE TEMP VIEW numbered AS {_numbered()}")
    return _lines(plan)


def _said(rows: str, plan: Plan) -> str:
    """The cells under the names of the fields."""
    cells = ", ".join(f"{_cell(plan, key)} AS {key}_text" for key in FIELDS)
    blank = " AND ".join(f"{cell(f'c{place}')} IS NULL" for place in range(len(plan.header)))
    return f"SELECT row, problem, {blank} AS blank, {cells} FROM {rows}"


def _cell(plan: Plan, key: str) -> str:
    return cell(f"c{plan.columns[key]}") if plan.has(key) else "NULL::VARCHAR"


def _number_of_customer() -> str:
    """As the record spells it, so that lines and records meet."""
    bare = f"regexp_replace({code('external_id_text')}, '\\s+', ' ', 'g')"
    return f"CASE WHEN regexp_matches({bare}, '[^ -~]') THEN plain_text({bare}) ELSE {bare} END"


def _understood(plan: Plan) -> str:
    """The cells as moments, figures and codes; NULL where they are none."""
    when = "at_text || ' ' || coalesce(time_text, '')" if plan.has("time") else "at_text"
    figures = ", ".join(
        f"{number(f'{key}_text', plan.decimal)} AS {key}_read" for key in ("quantity", "unit_price", "amount")
    )
    return f"""
        SELECT *, {moment(when, plan.dates, plan.zone)} AS instant, {figures},
            {_number_of_customer()} AS external_id, {code("order_id_text")} AS order_id, {code("sku_text")} AS sku,
            description_text AS description, country_text AS country, {_currency(plan)} AS currency
        FROM said"""


def _currency(plan: Plan) -> str:
    """The code of a named currency or its sign; the company's where none is named."""
    named = " ".join(f"WHEN {literal(sign)} THEN {literal(name)}" for sign, name in SIGNS.items())
    written = half_width("upper(currency_text)")
    return f"coalesce(CASE {written} {named} ELSE upper(currency_text) END, {literal(plan.currency)})"


def _judged(plan: Plan) -> str:
    """Why a row cannot be a line, if it cannot. The first reason counts; all cells to blame are told at once."""
    reasons = list(_reasons(plan))
    first = " ".join(f"WHEN {condition} THEN {literal(name)}" for name, condition, _ in reasons)
    blamed = ", ".join(f"CASE WHEN {condition} THEN {detail} END" for _, condition, detail in reasons if detail)
    return f"""
        SELECT *, CASE WHEN NOT blank AND problem IS NULL THEN nullif(concat_ws('; ', {blamed}), '') END AS detail,
            CASE {first} END AS reason
        FROM understood"""


def _reasons(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Reason, condition, and the cell that is to blame if one is."""
    yield "blank", "blank", ""
    for name in PROBLEMS:
        yield name, f"problem = {literal(name)}", ""
    yield "date_missing", "at_text IS NULL", _blamed(plan, "at")
    yield "date_unreadable", "at_text IS NOT NULL AND instant IS NULL", _blamed(plan, "at")
    for key in ("quantity", "unit_price", "amount"):
        unreadable = f"{key}_text IS NOT NULL AND ({key}_read IS NULL OR abs({key}_read) > {MOST})"
        yield f"{key}_unreadable", unreadable, _blamed(plan, key)
    if plan.has("quantity"):
        yield "quantity_missing", "quantity_text IS NULL AND amount_text IS NULL", _blamed(plan, "quantity")
    price = "unit_price" if plan.has("unit_price") else "amount"
    yield "price_missing", "unit_price_text IS NULL AND amount_text IS NULL", _blamed(plan, price)
    if plan.has("order_id"):
        yield "order_missing", "order_id IS NULL", _blamed(plan, "order_id")
    for key, most in CODES.items():
        yield f"{key}_too_long", f"length({key}) > {most}", _blamed(plan, key)
    yield "currency_other", f"currency <> {literal(plan.currency)}", _blamed(plan, "currency")


def _blamed(plan: Plan, key: str) -> str:
    """The cell of the field behind the name of its column; empty when none is mapped."""
    if not plan.has(key):
        return ""
    return f"{literal(plan.header[plan.columns[key]] + ': ')} || left(coalesce({key}_text, '–'), 60)"


def _completed(duck: duckdb.DuckDBPyConnection) -> str:
    """Missing figures worked out, and cancellations that were written with a positive quantity turned round."""
    cancelled = "false"
    if _marks_cancellations(duck):
        cancelled = r"coalesce(regexp_matches(order_id, '^[Cc]\d+$'), false)"
    day = "concat_ws('|', coalesce(external_id, '-'), strftime(instant, '%Y-%m-%d'))"
    return f"""
        SELECT * REPLACE (coalesce(order_id, {day}) AS order_id), unit_price_read AS unit_price,
            coalesce(quantity_read, sign(amount_read), 1)::DOUBLE AS pieces,
            coalesce(amount_read, round(pieces * unit_price_read, 4)) AS total,
            {cancelled} AS cancelled,
            CASE WHEN cancelled AND pieces > 0 AND total > 0 THEN -1 ELSE 1 END AS turn,
            turn * pieces AS quantity, turn * total AS amount
        FROM judged"""


def _numbered() -> str:
    """How often the same line stood in the file before: `occurrence` is 1 for the first time."""
    same = f"reason IS NULL, {', '.join(SAME)}"
    return f"SELECT *, row_number() OVER (PARTITION BY {same} ORDER BY row) AS occurrence FROM completed"


def _marks_cancellations(duck: duckdb.DuckDBPyConnection) -> bool:
    """Whether invoices named C… are cancellations: then most invoices have plain numbers."""
    query = r"SELECT count(*) FILTER (WHERE regexp_matches(order_id, '^\d+$')) > count(*) / 2 FROM judged"
    ((found,),) = duck.execute(query).fetchall()
    return bool(found)


def _lines(plan: Plan) -> str:
    """One row for each row of the file, in order."""
    key = f"concat_ws(chr(31), {literal(plan.source)}, {', '.join(SAME)}, occurrence)"
    once = "CASE WHEN reason IS NULL AND occurrence > 1 THEN 'repeat' ELSE reason END" if plan.count_once else "reason"
    return f"""
        SELECT row, {once} AS reason, detail, {_notes()} AS notes, {literal(plan.source)} AS source, external_id,
            (md5_number({key}) & 9223372036854775807::UHUGEINT)::BIGINT AS line_key, instant AS "at", order_id, sku,
            left(description, 500) AS description, quantity, unit_price, amount, currency, country, {KIND} AS kind
        FROM numbered ORDER BY row"""


def _notes() -> str:
    """What is special about a good row."""
    special = f"""[nullif({KIND}, 'sale'), CASE WHEN external_id IS NULL THEN 'no_customer' END,
        CASE WHEN occurrence > 1 THEN 'repeated' END]"""
    return f"CASE WHEN reason IS NULL THEN list_filter({special}, lambda note: note IS NOT NULL) ELSE [] END"
