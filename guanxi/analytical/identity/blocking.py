"""Which pairs are looked at: those with a key in common, unless so many records have it that it tells nothing."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

MOST = 120  # records with one key; larger blocks are left to the finer keys


@dataclass(frozen=True)
class Key:
    """`formula` is DuckDB SQL over one record and gives one key or, unnested, several."""

    columns: tuple[str, ...]
    formula: str


def _joined(*columns: str) -> Key:
    return Key(columns, " || ' ' || ".join(columns))


def _each(listed: str, *columns: str) -> Key:
    return Key((listed, *columns), " || ' ' || ".join([f"unnest({listed})", *columns]))


NAME_ANY_ORDER = Key(
    ("family_keys", "given_keys"),
    "unnest(list_distinct(flatten(list_transform(family_keys, lambda x:"
    " list_transform(given_keys, lambda y: least(x, y) || ' ' || greatest(x, y))))))",
)
TWO_WORDS = Key(
    ("words",),
    "unnest(list_distinct(flatten(list_transform(words, lambda x:"
    " list_transform(list_filter(words, lambda y: y > x), lambda y: x || ' ' || y)))))",
)
KEYS = (
    _each("phones"),
    _each("emails"),
    Key(("mailbox",), "CASE WHEN length(mailbox) >= 5 THEN mailbox END"),
    _each("codes"),
    _each("family_keys", "formal"),
    NAME_ANY_ORDER,
    TWO_WORDS,
    _joined("family_sound", "formal"),
    _each("family_keys", "born[:4]"),
    _each("family_keys", "area"),
    _each("family_keys", "city"),
    _each("family_keys", "company_brand"),
    _each("family_keys", "occupation"),
    _each("given_keys", "company_brand"),
    _joined("formal", "born"),
    _joined("formal", "postcode"),
    _joined("formal", "area", "born[:4]"),
    _joined("formal", "city", "occupation"),
    _joined("formal", "street"),
    _joined("born"),
    _joined("born", "postcode"),
    _joined("born", "area"),
    _joined("born", "city"),
    _joined("born", "family_sound"),
    _joined("born", "occupation"),
    _joined("postcode", "family_sound"),
    _joined("postcode", "occupation"),
    _joined("postcode", "street"),
    _joined("postcode", "house"),
    _joined("street", "house"),
    _joined("company"),
    _joined("company_core"),
    _joined("company_brand", "city"),
)


def block(connection: duckdb.DuckDBPyConnection, columns: Collection[str], most: int = MOST) -> int:
    """Make the table `pairs` in the form that Splink scores, from `records`; answers how many there are."""
    fitting = [key for key in KEYS if {name.partition("[")[0] for name in key.columns} <= set(columns)]
    listed = " UNION ALL ".join(
        f"SELECT unique_id, {number} AS rule, {key.formula} AS said FROM records" for number, key in enumerate(fitting)
    )
    nothing = "SELECT NULL::BIGINT AS unique_id, 0 AS rule, NULL::VARCHAR AS said"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE keys AS"
        f" SELECT DISTINCT unique_id, rule, hash(said) AS said FROM ({listed or nothing}) WHERE said IS NOT NULL"
    )
    connection.execute(
        "DELETE FROM keys WHERE (rule, said) NOT IN"
        f" (SELECT (rule, said) FROM keys GROUP BY rule, said HAVING count(*) BETWEEN 2 AND {most})"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE pairs AS"
        " SELECT one.unique_id AS join_key_l, other.unique_id AS join_key_r, '0' AS match_key"
        " FROM keys AS one JOIN keys AS other"
        " ON one.rule = other.rule AND one.said = other.said AND one.unique_id < other.unique_id"
        " GROUP BY one.unique_id, other.unique_id ORDER BY 1, 2"
    )
    connection.execute("DROP TABLE keys")
    counted = connection.execute("SELECT count(*) FROM pairs").fetchone()
    return int(counted[0]) if counted else 0
