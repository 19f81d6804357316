from pathlib import Path

import click
from django.conf import settings

from guanxi.site.backup import restore
from guanxi.site.opening import database
from guanxi.site.steps import counted_bytes


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Bring back the company in FILE. It never overwrites: the data folder and the database must be new.

    \b
      GUANXI_HOME=/new/folder guanxi restore friday.guanxi
    """
    with database() as address, counted_bytes("Restoring") as (began, advance):
        manifest = restore(
            home=settings.GUANXI_HOME, database=address, origin=file.resolve(), began=began, advance=advance
        )
    click.echo(f"The company of {manifest.taken_at[:16]} is back. `guanxi run` opens it.")
