"""Who each row is about, and which of several rows about the same customer counts.

A customer is known by the number in the file. A row without one gets a number from what it says: the e-mail address
(else the phone, else the postal address) together with the name. So the same row is the same customer next time, and
two people behind one address stay two; a changed name makes a new record, which identity may propose to join.
"""

from guanxi.integration.transfer.mapping.checking import SAYS_WHO
from guanxi.integration.transfer.plan import Plan
from guanxi.integration.transfer.values.cells import cell, code, shortened, unshortened

WAYS = ("email", "phone", "card", "wecom", "uscc")
SHORTEST_WAY = 5  # signs; fewer are a count below the column
MADE = "row-"  # begins numbers made of what a row says
SUM = r"(grand\s*)?(sub)?\s*totals?|(gesamt)?summe|合计|总计|小计|总和|共计|合計|總計|小計"
NAMES = ("name", "last_name", "first_name", "company", "latin_name")
PLACES = ("street", "postcode", "city")


def prepared_customers(rows: str, plan: Plan) -> str:
    """The query: `row`, `reason` where it cannot be taken in, `detail`, and `external_id`; in the order of the file."""
    said = {key: _first_of(plan, key) for key in plan.columns}
    number = code(unshortened(said["number"])) if "number" in said else "NULL"
    lost = shortened(said["number"]) if "number" in said else "false"
    blank = " AND ".join(f"{cell(f'c{place}')} IS NULL" for place in range(len(plan.header)))
    silent = " AND ".join(f"{text} IS NULL" for key, text in said.items() if key in SAYS_WHO) or "true"
    return f"""
        SELECT row, CASE WHEN reason IS NULL AND latest <> row THEN 'superseded' ELSE reason END AS reason,
            CASE WHEN reason IS NULL AND latest <> row THEN latest::VARCHAR END AS detail, external_id
        FROM (SELECT *, max(row) OVER (PARTITION BY external_id, reason IS NULL) AS latest
            FROM (SELECT row, {_external_id(number, said)} AS external_id,
                CASE WHEN problem NOTNULL THEN problem WHEN {blank} THEN 'blank' WHEN {silent} THEN 'nothing_said'
                    WHEN {_is_sum(plan, said)} THEN 'sum'
                    WHEN {lost} THEN 'external_id_shortened'
                    WHEN length({number}) > 120 THEN 'external_id_too_long' END AS reason
                FROM {rows}))
        ORDER BY row"""


def _is_sum(plan: Plan, said: dict[str, str]) -> str:
    """Whether the row begins with a word for a sum and nothing else says that it is about a customer."""
    first = f"coalesce({', '.join(cell(f'c{place}') for place in range(len(plan.header)))})"
    signs = [f"regexp_replace(coalesce({said[key]}, ''), '[^0-9A-Za-z@]', '', 'g')" for key in WAYS if key in said]
    others = [f"length({text}) < {SHORTEST_WAY}" for text in signs]
    others += [f"({said['number']} IS NULL OR {said['number']} = {first})"] if "number" in said else []
    return " AND ".join([rf"regexp_full_match(lower({first}), '({SUM})\s*[:：]?[\s\d.,]*')", *others])


def _first_of(plan: Plan, key: str) -> str:
    """What the first filled column of the field says."""
    cells = [cell(f"c{place}") for place in (plan.columns[key], *plan.further.get(key, ()))]
    return f"coalesce({', '.join(cells)})" if cells[1:] else cells[0]


def _external_id(number: str, said: dict[str, str]) -> str:
    """The number of the file, single-spaced as the record keeps it, or one made of what the row says."""
    email = f"lower({said['email']})" if "email" in said else "NULL"
    phone = f"nullif(regexp_replace({said['phone']}, '[^0-9+]', '', 'g'), '')" if "phone" in said else "NULL"
    where = ", ".join(f"lower({said[key]})" for key in PLACES if key in said) or "NULL"
    name = ", ".join(f"lower({said[key]})" for key in NAMES if key in said) or "NULL"
    made = f"'{MADE}' || left(md5(concat_ws('|', coalesce({email}, {phone}, concat_ws('|', {where})), {name})), 20)"
    return f"coalesce(regexp_replace({number}, '\\s+', ' ', 'g'), {made})"
