from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from guanxi.site.backup import back_up
from guanxi.site.opening import company
from guanxi.site.steps import counted_bytes


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write database, history and files to FILE. The company may be running; imports wait until it is done.

    The file holds everything, passwords' hashes and the signing key included: keep it as safe as the company.
    """
    with company() as database, counted_bytes("Backing up") as (began, advance):
        manifest = back_up(
            home=settings.GUANXI_HOME,
            database=database,
            target=file.resolve(),
            at=timezone.now(),
            began=began,
            advance=advance,
        )
    click.echo(f"{file}: {manifest.bytes / 1e6:.1f} MB. `guanxi restore {file}` brings it back.")
