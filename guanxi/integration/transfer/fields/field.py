from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Kind(models.TextChoices):
    """What the rows of a file are."""

    CUSTOMERS = "customers", _("Customers")
    TRANSACTIONS = "transactions", _("Transactions")


class Looks(StrEnum):
    """What the cells of a field look like."""

    TEXT = "text"
    CODE = "code"
    MOMENT = "moment"
    DAY = "day"  # of a field of the company's own
    BIRTH_DATE = "birth date"
    TIME = "time"
    NUMBER = "number"
    EMAIL = "email"
    PHONE = "phone"
    ANSWER = "answer"
    COLLEAGUE = "colleague"  # by name or by address


@dataclass(frozen=True)
class Field:
    """Something that Guanxi understands. `names` are what files call it, folded as `mapping.names.folded` does.

    `repeats`: several columns of a file may hold it, as a customer has several phones; the first one counts most.
    """

    key: str
    label: Text
    names: tuple[str, ...]
    looks: Looks = Looks.TEXT
    repeats: bool = False
