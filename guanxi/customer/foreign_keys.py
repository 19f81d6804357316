"""The foreign keys of the house, found from the models themselves, so that no new table is forgotten."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

ForeignKeyField = ForeignKey[Any, Any]


def foreign_keys(*targets: type[Model]) -> Iterator[tuple[type[Model], ForeignKeyField]]:
    """Each table with each of its columns that points at a row of `targets`, or at any row where none is named."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.concrete_fields:
                if isinstance(field, ForeignKey) and (not targets or field.related_model in targets):
                    yield model, field
