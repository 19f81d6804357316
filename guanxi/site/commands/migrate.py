import click
from django.core.management import call_command

from guanxi.site.opening import database, unapplied_migrations
from guanxi.site.steps import step


@click.command()
def command() -> None:
    """Apply the table changes that this version of Guanxi needs. Running it again changes nothing."""
    with database():
        waiting = unapplied_migrations()
        if not waiting:
            click.echo("The tables are up to date.")
            return
        with step(f"{len(waiting)} changes of the tables"):
            call_command("migrate", verbosity=0, interactive=False)
