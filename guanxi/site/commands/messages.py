import click

from guanxi.foundation.errors import UserError
from guanxi.foundation.ui.messages import catalogue_path, compile_catalogue, complaints, read, update


@click.command(short_help="Collect, check and compile the translations.")
@click.option("--check", is_flag=True, help="Change nothing; fail when a sentence is missing, stale or unsound.")
def command(check: bool) -> None:
    """Bring the translation file up to date with what the product says, and compile it.

    New sentences come in untranslated; fill them in by hand, with the words of docs/glossary.md, and run it again.
    """
    if not check:
        update()
        compile_catalogue()
    wrong = complaints()
    if check and wrong:
        raise UserError("The translation is not complete:\n" + "\n".join(wrong))
    click.echo(f"{len(read())} sentences, {len(wrong)} still to be done in {catalogue_path()}")
