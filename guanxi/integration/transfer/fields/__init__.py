"""What a file may say: the fields of customers and of transactions, by the names that files give them."""

from guanxi.integration.transfer.fields.customers import CUSTOMER_FIELDS
from guanxi.integration.transfer.fields.field import Field, Kind, Looks, Text
from guanxi.integration.transfer.fields.own import own_fields
from guanxi.integration.transfer.fields.transactions import TRANSACTION_FIELDS

__all__ = ["Field", "Kind", "Looks", "Text", "field", "fields_of"]


def fields_of(kind: str) -> tuple[Field, ...]:
    """Every field of such a file; those that the company has defined for its customers stand behind ours."""
    return TRANSACTION_FIELDS if kind == Kind.TRANSACTIONS else (*CUSTOMER_FIELDS, *own_fields())


def field(kind: str, key: str) -> Field | None:
    """The field of this key; None when it is one that the company has retired since."""
    return {each.key: each for each in fields_of(kind)}.get(key)
