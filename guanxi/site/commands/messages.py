import click

from guanxi.foundation.errors import UserError
from guanxi.foundation.ui.messages import compile_catalogue, complaints, update


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail when a sentence lacks a sound translation.")
def command(check: bool) -> None:
    """Bring the translation in guanxi/locale up to date with the sources, and tell what it still lacks."""
    if not check:
        update()
        compile_catalogue()
    lacking = complaints()
    for line in lacking:
        click.echo(line)
    if lacking and check:
        raise UserError(f"The translation is not complete: {len(lacking)} complaint(s). Nothing was changed.")
    click.echo(f"{len(lacking)} complaint(s) about the translation.")
