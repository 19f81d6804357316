"""An index for each custom field that can be asked for, so that a million customers are filtered and sorted by it.

JSON values compare by their type: numbers as numbers, ISO dates as texts in the order of time. One index of the value
serves ranges and both directions of sorting; texts have another one for beginnings without regard to case. Both hold
only customers who have a value.
"""

from dataclasses import dataclass

from django.db import connection

from guanxi.customer.models import CustomField

BEGINS = "party_custom_"
VALID = """
SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = 'customer_party'::regclass AND c.relname LIKE %s
"""


@dataclass(frozen=True)
class Index:
    name: str
    body: str


def index_fields() -> tuple[list[str], list[str]]:
    """Make what is missing and drop what is needless or half made; the names made and dropped.

    Readers and writers are not locked out, therefore it must run outside a transaction. It may be cut at any point: an
    index that is half made is not valid, and the next call makes it anew.
    """
    wanted = {each.name: each for field in _asked_for() for each in indexes_of(field)}
    with connection.cursor() as cursor:
        cursor.execute(VALID, [f"{BEGINS}%"])
        standing = dict(cursor.fetchall())
        needless = [name for name, is_valid in standing.items() if name not in wanted or not is_valid]
        for name in needless:
            cursor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{name}"')
        missing = [each for name, each in wanted.items() if not standing.get(name)]
        for each in missing:
            cursor.execute(f'CREATE INDEX CONCURRENTLY "{each.name}" ON customer_party {each.body}')
        if missing:
            cursor.execute("ANALYZE customer_party")
    return [each.name for each in missing], needless


def indexes_of(field: CustomField) -> list[Index]:
    """The indexes of one field, as the lookups of the list and of the filters are written."""
    value, text = f"(custom -> '{field.key}')", f"upper(custom ->> '{field.key}')"
    found = [
        Index(f"{BEGINS}{field.pk}", f"(({value}) DESC NULLS LAST, id DESC) WHERE ({value}) IS NOT NULL"),
    ]
    if field.kind == CustomField.Kind.TEXT:
        found.append(Index(f"{BEGINS}{field.pk}_text", f"(({text}) text_pattern_ops) WHERE ({text}) IS NOT NULL"))
    return found


def _asked_for() -> list[CustomField]:
    return list(CustomField.objects.filter(retired_at=None, is_filterable=True))
