import click

from guanxi.foundation.jobs.worker import work
from guanxi.site.opening import company


@click.command()
def command() -> None:
    """Run jobs and tick the schedule. Several workers share the work."""
    run_jobs()


def run_jobs() -> None:
    """Work until SIGTERM or SIGINT."""
    with company():
        work()
