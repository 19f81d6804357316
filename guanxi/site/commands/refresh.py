import click
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from guanxi.foundation.company.clock import now
from guanxi.insight.refresh import Progress as Step
from guanxi.insight.refresh import refresh
from guanxi.insight.refresh.pushing import pushed
from guanxi.site.opening import company
from guanxi.site.steps import console


@click.command()
def command() -> None:
    """Compute all readings from the facts up to now, and publish them at once.

    A refresh that was cut is resumed. Pages show the former readings until the new ones are complete.
    """
    columns = TextColumn("{task.description:<28}"), BarColumn(), TextColumn("{task.completed}/{task.total}")
    with company(), Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("Beginning", total=None)

        def show(step: Step) -> None:
            pushed(step)
            bar.update(task, description=step.step or "Published", completed=step.done, total=step.total)

        moment = now()
        done = refresh(as_of=moment, at=moment, by=None, progress=show)
    click.echo(f"Refresh {done.pk} is published, as of {done.as_of:%Y-%m-%d}.")
