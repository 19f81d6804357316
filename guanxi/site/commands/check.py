import platform
import shutil
from collections.abc import Callable

import click
from django.conf import settings
from django.db import connection

from guanxi.foundation.company.queries import current, is_open
from guanxi.foundation.errors import UserError
from guanxi.foundation.jobs.queries import living_workers
from guanxi.foundation.ui.bundle import TARGET
from guanxi.insight.engines import chosen
from guanxi.site.opening import database, unapplied_migrations

LITTLE_SPACE = 2_000_000_000  # bytes


@click.command()
def command() -> None:
    """Look at the machine, the data folder, the database and the company, and change nothing.

    A line with ✗ says what to do. Exit code 1 when something keeps the company from being used.
    """
    troubles = sum(report(look) for look in (python, data_folder, page_files, engine))
    with database():
        troubles += sum(report(look) for look in (database_server, tables, the_company, workers))
    if troubles:
        raise UserError(f"{troubles} thing(s) need attention.")


def report(look: Callable[[], str]) -> bool:
    """Print what a look found; answer whether it is trouble."""
    name = look.__name__.replace("_", " ")
    try:
        click.echo(f"✓ {name:<16} {look()}")
    except UserError as trouble:
        click.echo(f"✗ {name:<16} {trouble}")
        return True
    return False


def python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def data_folder() -> str:
    free = shutil.disk_usage(settings.GUANXI_HOME).free
    if free < LITTLE_SPACE:
        raise UserError(f"{settings.GUANXI_HOME} has only {free / 1e9:.1f} GB free. Make room before the next import.")
    return f"{settings.GUANXI_HOME}, {free / 1e9:.0f} GB free"


def page_files() -> str:
    if not (TARGET / "built-from.txt").exists():
        raise UserError("The pages' scripts and styles are not built. `guanxi run` and `make run` build them.")
    return "built"


def engine() -> str:
    with chosen():
        return f"Spark at {settings.SPARK_MASTER}" if settings.ENGINE == "spark" else "DuckDB, in the worker"


def database_server() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))")
        version, size = cursor.fetchone()
    return f"PostgreSQL {version}, {size}"


def tables() -> str:
    waiting = unapplied_migrations()
    if waiting:
        raise UserError(f"{len(waiting)} change(s) of this version are missing. Run `guanxi migrate`.")
    return "those of this version"


def the_company() -> str:
    if unapplied_migrations() or not is_open():
        raise UserError("There is no company yet. `guanxi run` opens one.")
    return str(current())


def workers() -> str:
    """Not trouble: a company that does not run at the moment has none."""
    living = 0 if unapplied_migrations() else living_workers()
    return f"{living} running" if living else "none running at the moment"
