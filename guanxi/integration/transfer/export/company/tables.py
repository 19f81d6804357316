"""Which tables are the company's, in which order they are read, and what of them stays behind."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model

OURS = "guanxi."
# Sessions, queues and traces of log-ins are the installation's; the history's catalogue goes out as the history itself.
MACHINERY = {"accounts.Attempt", "accounts.ResetRequest", "push.Notice"}
MACHINES = {"history"}
SECRET = {("accounts_user", "password")}


def business_tables() -> list[type[Model]]:
    """Every table of the company; those that point at others before them, so that nothing read points at nothing.

    Rows that are added while the tables are read may be in one and not in another; a row that is pointed at is there.
    """
    left = {
        model
        for model in apps.get_models()
        if model.__module__.startswith(OURS) and model._meta.managed and not _is_machinery(model)
    }
    ordered: list[type[Model]] = []
    while left:
        pointed_at = {target for model in left for target in _targets(model) if target in left and target is not model}
        free = sorted(left - pointed_at or left, key=lambda model: model._meta.db_table)
        ordered += free
        left -= set(free)
    return ordered


def columns_of(model: type[Model]) -> list[Field]:  # type: ignore[type-arg]
    """The columns that go out: no password, and nothing that the database works out of the others."""
    table = model._meta.db_table
    return [
        each
        for each in model._meta.concrete_fields
        if (table, each.column) not in SECRET and each.get_internal_type() != "GeneratedField"
    ]


def _is_machinery(model: type[Model]) -> bool:
    return model._meta.label in MACHINERY or model._meta.app_label in MACHINES


def _targets(model: type[Model]) -> Iterator[type[Model]]:
    for each in model._meta.concrete_fields:
        if each.related_model is not None:
            yield each.related_model
