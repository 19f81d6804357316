"""A fresh copy of a table is filled and indexed beside the old one, then takes its name in one short transaction.

Indexes and constraints get the old names, so that migrations find what they expect.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

NEW = "_next"
INDEXES = """
SELECT i.relname, pg_get_indexdef(x.indexrelid), x.indisprimary
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = %s::regclass ORDER BY i.relname
"""


@dataclass(frozen=True)
class Index:
    name: str
    definition: str
    is_primary: bool


def fresh_copy(table: str) -> str:
    """An empty table like `table`, without indexes; the name of the copy. One left by a killed refresh is replaced."""
    copy = f"{table}{NEW}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{copy}"')
        cursor.execute(f'CREATE TABLE "{copy}" (LIKE "{table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)')
    return copy


def index_like(table: str, copy: str) -> None:
    """Give the full copy the indexes of the table, under names of their own, and fresh statistics."""
    with connection.cursor() as cursor:
        for index in _indexes(table):
            cursor.execute(_renamed(index, table, copy))
            if index.is_primary:
                cursor.execute(f'ALTER TABLE "{copy}" ADD PRIMARY KEY USING INDEX "{index.name}{NEW}"')
        cursor.execute(f'ANALYZE "{copy}"')


def take_the_place(table: str) -> None:
    """Within the caller's transaction: the copy becomes the table. Waits for readers no longer than `lock_timeout`."""
    copy = f"{table}{NEW}"
    names = [index.name for index in _indexes(table)]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE "{table}"')
        cursor.execute(f'ALTER TABLE "{copy}" RENAME TO "{table}"')
        for name in names:
            cursor.execute(f'ALTER INDEX "{name}{NEW}" RENAME TO "{name}"')


def _renamed(index: Index, table: str, copy: str) -> str:
    """The statement that made the index, for the copy. PostgreSQL prints `… INDEX name ON schema.table USING …`."""
    head, body = index.definition.split(" USING ", 1)
    unique = "UNIQUE " if head.startswith("CREATE UNIQUE") else ""
    return f'CREATE {unique}INDEX "{index.name}{NEW}" ON "{copy}" USING {body}'


def _indexes(table: str) -> Sequence[Index]:
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [table])
        return [Index(*row) for row in cursor.fetchall()]
