import click

from guanxi.foundation.errors import UserError
from guanxi.site.catalogues import collect, compile_all, untranslated


@click.command(short_help="For developers: collect and compile the translated words.")
@click.option("--check", is_flag=True, help="Change nothing; fail when a word of the sources lacks its translation.")
def command(check: bool) -> None:
    """Bring the catalogues in guanxi/locale up to date with the sources, and tell what lacks a translation."""
    if not check:
        collect()
        compile_all()
    lacking = untranslated()
    for line in lacking:
        click.echo(line)
    if lacking and check:
        raise UserError(f"{len(lacking)} text(s) lack a translation. `guanxi messages` puts them into the catalogue.")
    click.echo(f"{len(lacking)} text(s) lack a translation.")
