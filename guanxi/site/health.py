"""`/healthz`: 200 when the company can be used, otherwise 503 and what is missing."""

from collections.abc import Callable, Iterator
from functools import cache

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from guanxi.foundation.company.queries import is_open
from guanxi.foundation.jobs.queries import living_workers
from guanxi.site.opening import unapplied_migrations


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """For people, balancers and `guanxi run`. It tells nothing about the company, so it asks for no log-in."""
    missing = list(what_is_missing())
    return JsonResponse({"missing": missing}, status=503 if missing else 200)


def what_is_missing() -> Iterator[str]:
    """What keeps the company from being used. Without tables, or a database, the rest cannot be asked."""
    try:
        confirm_tables()
        yield from (name for name, is_there in CONDITIONS.items() if not is_there())
    except MigrationsMissingError:
        yield "migrations"
    except DatabaseError:
        yield "database"


CONDITIONS: dict[str, Callable[[], bool]] = {
    "company": is_open,
    "worker": lambda: living_workers() > 0,
}


class MigrationsMissingError(Exception):
    """The database lacks changes of this version."""


@cache
def confirm_tables() -> None:
    """Ask until the answer is yes, then remember it: a running program's tables do not go back."""
    if unapplied_migrations():
        raise MigrationsMissingError
