"""What colleagues write in their own words, and in which an erased customer may be named beside others.

Each app says which of its columns those are; `tests/customer/privacy/test_texts.py` asks for a decision about every new
column of text.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

_columns: dict[str, tuple[str, ...]] = {}

OURS = {
    "customer.Asset": ("name", "place"),
    "customer.Attachment": ("name",),
    "customer.Claim": ("reason",),
    "customer.Consent": ("wording", "proof"),
    "customer.Delivery": ("made",),
    "customer.Event": ("facts",),
    "customer.Identifier": ("verified_how",),
    "customer.LevelEntry": ("reason",),
    "customer.Outbox": ("subject", "body"),
    "customer.Pool": ("name",),
    "customer.PrivacyRequest": ("how", "checked_how", "ground"),
    "customer.Promise": ("what", "reason"),
    "customer.Readmission": ("ground",),
    "customer.Registration": ("note",),
    "customer.Relationship": ("title",),
    "customer.RetentionRule": ("ground",),
    "customer.SavedView": ("name", "conditions"),
    "customer.ServiceRecord": ("what", "workshop"),
    "customer.Striking": ("reason",),
    "customer.Tag": ("name", "former_names", "description"),
    "customer.Task": ("what",),
    "customer.Telling": ("said", "did"),
    "customer.Territory": ("name",),
}


def people_write(columns: dict[str, tuple[str, ...]]) -> None:
    """Have these columns, by model, gone through when a customer is erased."""
    _columns.update(columns)


def written() -> Iterator[tuple[type[Model], str]]:
    """Every such column of every app."""
    for label, names in sorted(_columns.items()):
        for name in names:
            yield apps.get_model(label), name
