import click
from django.apps import apps
from django.core.management import call_command
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from guanxi.foundation.errors import UserError
from guanxi.site.opening import database


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when the models have changed without a migration.")
def command(check: bool) -> None:
    """Write the migrations that bring the tables to what the models say. `guanxi migrate` applies them."""
    lacking = [str(migration) for migration in missing_migrations()]
    if not lacking:
        click.echo("The migrations say what the models say.")
        return
    if check:
        raise UserError(f"The models have changed without a migration: {', '.join(lacking)}. Nothing was written.")
    with database():
        call_command("makemigrations", *{name.partition(".")[0] for name in lacking})


def missing_migrations() -> list[Migration]:
    """What the models say and no migration does; the database is not asked."""
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    return [migration for migrations in found.values() for migration in migrations]
