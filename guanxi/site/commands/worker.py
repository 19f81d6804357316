import click

from guanxi.foundation.jobs.worker import work
from guanxi.site.family import die_with_parent
from guanxi.site.opening import company


@click.command(short_help="The jobs: sends, refreshes, nightly work.")
def command() -> None:
    """Run jobs and tick the schedule. Several workers share the work."""
    die_with_parent()
    with company():
        work()
