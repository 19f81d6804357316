"""What a file may say: the fields of customers and of transactions, by the names that files give them."""

from guanxi.integration.transfer.fields.customers import CUSTOMER_FIELDS
from guanxi.integration.transfer.fields.field import Field, Kind, Looks, Text
from guanxi.integration.transfer.fields.transactions import TRANSACTION_FIELDS

FIELDS: dict[str, tuple[Field, ...]] = {Kind.CUSTOMERS: CUSTOMER_FIELDS, Kind.TRANSACTIONS: TRANSACTION_FIELDS}

__all__ = ["FIELDS", "Field", "Kind", "Looks", "Text"]


def field(kind: str, key: str) -> Field:
    """The field of this key; raises KeyError."""
    return {each.key: each for each in FIELDS[kind]}[key]
