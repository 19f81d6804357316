"""Every row about a customer, in every table: found from the models, so that no new table is forgotten."""

from dataclasses import dataclass, field
from typing import cast

from django.db import connection
from django.db.models import SET_NULL, Model, QuerySet

from guanxi.customer.foreign_keys import foreign_keys
from guanxi.customer.models import Party, SourceRecord
from guanxi.customer.models.split import belonging
from guanxi.customer.privacy.subject import Subject

ModelType = type[Model]
Keys = set[object]
KEPT = {"customer.PrivacyRequest"}  # the request itself outlives the customer, without a name


@dataclass
class Holdings:
    """`rows`: primary keys by model; `links`: columns of other rows that point there and can stand empty."""

    rows: dict[ModelType, Keys] = field(default_factory=dict)
    links: dict[tuple[ModelType, str], Keys] = field(default_factory=dict)


def holdings(subject: Subject) -> Holdings:
    """All rows about the customer, and all rows about those rows, as far as foreign keys lead."""
    found = Holdings({Party: set(subject.parties), SourceRecord: set(subject.records)})
    fresh = dict(found.rows)
    while fresh:
        fresh = _next(found, fresh)
    return found


def _next(found: Holdings, fresh: dict[ModelType, Keys]) -> dict[ModelType, Keys]:
    """Rows that point at the fresh ones and were not known yet."""
    new: dict[ModelType, Keys] = {}
    for model, link in foreign_keys():
        target = link.related_model
        if target not in fresh or not fresh[target]:
            continue
        keys = set(_pointing(model, link.name, fresh[target]).values_list("pk", flat=True))
        if link.remote_field.on_delete is SET_NULL or model._meta.label in KEPT:
            found.links.setdefault((model, link.column), set()).update(keys)
        elif beyond := keys - found.rows.get(model, set()):
            found.rows.setdefault(model, set()).update(beyond)
            new.setdefault(model, set()).update(beyond)
    return new


def _pointing(model: ModelType, link: str, keys: Keys) -> QuerySet[Model]:
    """A record that was split off came to the customer, but is about somebody else, and so is a party it left empty.

    Whoever was merged into the customer is part of the subject.
    """
    rows = model._base_manager.filter(**{f"{link}__in": keys})
    if model is Party and link == "merged_into":
        return rows.none()
    return rows.filter(belonging(cast(set[int], keys))) if model is SourceRecord and link == "home" else rows


def erase_rows(found: Holdings) -> dict[str, int]:
    """Delete the rows and empty the links; how many rows of each table. Needs a transaction.

    The foreign keys are checked when it ends, so the order does not matter.
    """
    with connection.cursor() as cursor:
        for (model, column), keys in found.links.items():
            table, key = model._meta.db_table, _key(model)
            cursor.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE "{key}" = ANY(%s)', [list(keys)])
        for model, keys in found.rows.items():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{_key(model)}" = ANY(%s)', [list(keys)])
    return {model._meta.label: len(keys) for model, keys in found.rows.items() if keys}


def _key(model: ModelType) -> str:
    return str(model._meta.pk.column)
