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
    Tables that point at each other in a ring stand together, in any order among themselves.
    """
    left = {
        model
        for model in apps.get_models()
        if model.__module__.startswith(OURS) and model._meta.managed and not _is_machinery(model)
    }
    ordered: list[type[Model]] = []
    while left:
        rings = {model: _ring(model, left) for model in left}
        pointed_at = {target for model in left for target in _targets(model) if target in left - rings[model]}
        free = {model for model in left if not rings[model] & pointed_at}
        ordered += sorted(free, key=lambda model: model._meta.db_table)
        left -= free
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


def _ring(model: type[Model], among: set[type[Model]]) -> set[type[Model]]:
    """The model, and those that it leads to and that lead back to it."""
    return {model} | {other for other in _reached(model, among) if model in _reached(other, among)}


def _reached(model: type[Model], among: set[type[Model]]) -> set[type[Model]]:
    found: set[type[Model]] = set()
    fresh = {model}
    while fresh:
        fresh = {target for each in fresh for target in _targets(each) if target in among} - found
        found |= fresh
    return found


def _targets(model: type[Model]) -> Iterator[type[Model]]:
    for each in model._meta.concrete_fields:
        if each.related_model is not None:
            yield each.related_model
