"""The table that is compared: one row a record, with as many of these columns as the data have.

Names come taken apart and in one spelling; whoever calls has normalised them. Absent is NULL, or an empty list.
"""

from collections.abc import Collection

import duckdb
import pyarrow as pa

TEXT, TEXTS = pa.string(), pa.list_(pa.string())
SCHEMA = pa.schema(
    {
        "id": pa.int64(),
        "family": TEXT,  # family name
        "given": TEXT,  # first given name; 晓梅
        "family_keys": TEXTS,  # every way to say the family name in Latin letters: shan, dan for 单
        "given_keys": TEXTS,
        "formal": TEXT,  # the given name in its long form: robert for bob
        "family_sound": TEXT,
        "words": TEXTS,  # all words of a Latin name
        "company": TEXT,  # the whole name of a company
        "company_core": TEXT,  # without legal form and place
        "company_brand": TEXT,  # without line of business too
        "phones": TEXTS,  # E.164
        "emails": TEXTS,
        "codes": TEXTS,  # numbers given to one customer alone: cards, accounts, registrations
        "born": TEXT,  # YYYY-MM-DD
        "street": TEXT,
        "house": TEXT,
        "city": TEXT,
        "region": TEXT,
        "postcode": TEXT,
        "gender": TEXT,
        "occupation": TEXT,
    }
)
_DERIVED = {
    "phone": "phones[1]",
    "email": "emails[1]",
    "mailbox": "nullif(split_part(emails[1], '@', 1), '')",
    "code": "codes[1]",
    # The inward part of a British postcode has three signs; of others the last one tells the round.
    "area": "postcode[:length(postcode) - CASE WHEN regexp_matches(postcode, '[a-z]') THEN 3 ELSE 1 END]",
}


def load(connection: duckdb.DuckDBPyConnection, records: pa.Table) -> frozenset[str]:
    """Make the table `records` with all columns, in the order of ids; answers those that say something."""
    connection.register("given_records", records)
    chosen = ", ".join(_column(name, records.column_names) for name in SCHEMA.names if name != "id")
    derived = ", ".join(f"{formula} AS {name}" for name, formula in _DERIVED.items())
    connection.execute(
        "CREATE OR REPLACE TABLE records AS"
        f" SELECT *, {derived} FROM (SELECT id AS unique_id, {chosen} FROM given_records) ORDER BY unique_id"
    )
    connection.unregister("given_records")
    described = connection.execute("DESCRIBE records").fetchall()
    return frozenset(name for name, kind, *_ in described if _says_something(connection, name, kind))


def _column(name: str, given: Collection[str]) -> str:
    is_list = SCHEMA.field(name).type == TEXTS
    if name in given:
        return f"coalesce({name}, []) AS {name}" if is_list else name
    return f"CAST({'[]' if is_list else 'NULL'} AS {'VARCHAR[]' if is_list else 'VARCHAR'}) AS {name}"


def _says_something(connection: duckdb.DuckDBPyConnection, name: str, kind: str) -> bool:
    filled = f"len({name}) > 0" if kind.endswith("[]") else f"{name} IS NOT NULL"
    return connection.execute(f"SELECT 1 FROM records WHERE {filled} LIMIT 1").fetchone() is not None
