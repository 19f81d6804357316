from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from guanxi.customer.privacy.erasing import erase
from guanxi.customer.privacy.replaying import replay
from guanxi.site.backup import restore
from guanxi.site.opening import database, unapplied_migrations
from guanxi.site.steps import counted_bytes


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Bring back the company in FILE. It never overwrites: the data folder and the database must be new.

    \b
      GUANXI_HOME=/new/folder guanxi restore friday.guanxi

    Customers who were erased since the backup are erased again: put erasures.jsonl of the lost data folder into the
    new one before.
    """
    with database() as address, counted_bytes("Restoring") as (began, advance):
        manifest = restore(
            home=settings.GUANXI_HOME, database=address, origin=file.resolve(), began=began, advance=advance
        )
        erased = _erased_again()
    if erased:
        click.echo(f"Erased again: {erased} customer(s) who had been erased since the backup.")
    click.echo(f"The company of {manifest.taken_at[:16]} is back. `guanxi run` opens it.")


def _erased_again() -> int:
    """With tables of an older version, the worker does it as soon as they are brought up to this one."""
    if unapplied_migrations():
        return 0
    requests = replay(at=timezone.now())
    for request in requests:
        erase(request_id=request, clock=timezone.now)
    return len(requests)
