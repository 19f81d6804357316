"""Whose facts: a source and the customer's id in it. Facts know nothing else about a customer."""

from collections.abc import Iterable
from typing import TypeAlias

import pyarrow as pa

Identity: TypeAlias = tuple[str, str]  # (source, external id)
COLUMNS = pa.schema([("source", pa.string()), ("external_id", pa.string())])


def as_table(identities: Iterable[Identity]) -> pa.Table:
    """Identities as two text columns."""
    return pa.Table.from_pylist([dict(zip(COLUMNS.names, each, strict=True)) for each in identities], schema=COLUMNS)
