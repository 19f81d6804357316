"""The table that is compared: one row a record, with as many of these columns as the data have.

Names come taken apart and in one spelling; whoever calls has normalised them. Absent is NULL, or an empty list.
"""

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
    "phone": ("phones", "phones[1]"),
    "email": ("emails", "emails[1]"),
    "mailbox": ("emails", "nullif(split_part(emails[1], '@', 1), '')"),
    "code": ("codes", "codes[1]"),
    # The inward part of a British postcode has three signs; of others the last one tells the round.
    "area": ("postcode", "postcode[:length(postcode) - CASE WHEN regexp_matches(postcode, '[a-z]') THEN 3 ELSE 1 END]"),
}


def load(connection: duckdb.DuckDBPyConnection, records: pa.Table) -> frozenset[str]:
    """Make the table `records`, in the order of ids; answers its columns, those without any value left out."""
    connection.register("given_records", records)
    filled = [name for name in SCHEMA.names if name in records.column_names and _says_something(connection, name)]
    derived = [f"{formula} AS {name}" for name, (source, formula) in _DERIVED.items() if source in filled]
    chosen = ", ".join(["id AS unique_id", *(name for name in filled if name != "id"), *derived])
    connection.execute(f"CREATE OR REPLACE TABLE records AS SELECT {chosen} FROM given_records ORDER BY id")
    connection.unregister("given_records")
    return frozenset(row[0] for row in connection.execute("DESCRIBE records").fetchall())


def _says_something(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    filled = f"len({name}) > 0" if SCHEMA.field(name).type == TEXTS else f"{name} IS NOT NULL"
    return connection.execute(f"SELECT 1 FROM given_records WHERE {filled} LIMIT 1").fetchone() is not None
