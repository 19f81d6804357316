"""Arrays as PostgreSQL reads them.

psycopg quotes a list text by text with regular expressions; by the ten thousand, that takes longer than the statement.
"""

from collections.abc import Iterable


def as_array(values: Iterable[object]) -> str:
    """The literal of an array of texts, numbers, moments or nulls; the statement casts it to its type."""
    return "{" + ",".join([_element(value) for value in values]) + "}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    text = value if isinstance(value, str) else str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
