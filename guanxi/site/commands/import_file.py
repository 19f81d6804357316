from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.actions import cancel_import, map_columns, receive_file, start_import
from guanxi.integration.transfer.downloads import rejects_csv
from guanxi.integration.transfer.fields import Kind
from guanxi.integration.transfer.figures import notes, rejections, results
from guanxi.integration.transfer.files.encoding import ENCODINGS
from guanxi.integration.transfer.mapping.checking import require_fields
from guanxi.integration.transfer.mapping.wishes import wished_mapping
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.outcomes import Counts
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.previewing import preview
from guanxi.integration.transfer.values.moments import Order
from guanxi.integration.transfer.work import carry_on
from guanxi.site.opening import company
from guanxi.site.steps import console, step

BLOCK = 1 << 20
ORDERS = {"day-first": Order.DAY_FIRST, "month-first": Order.MONTH_FIRST}


@click.command(short_help="Bring in customers or transactions from a file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "kind", type=click.Choice(Kind.values), help="What the rows are; told by the columns otherwise.")
@click.option("--source", default="", help="The system that the file comes from, such as till or web-shop.")
@click.option(
    "--map", "wishes", multiple=True, metavar="COLUMN=FIELD", help="Map a column yourself; FIELD may be empty."
)
@click.option(
    "--encoding", type=click.Choice(list(ENCODINGS)), help="How the text is encoded; told by its bytes otherwise."
)
@click.option("--dates", type=click.Choice(list(ORDERS)), help="How to read dates such as 1/12/2011.")
@click.option("--count-once", is_flag=True, help="Take a line that repeats another of its invoice only once.")
@click.option("--dry-run", is_flag=True, help="Show what would come in, and take nothing in.")
@click.option("--yes", is_flag=True, help="Do not ask before starting.")
def command(
    *,
    file: Path,
    kind: str | None,
    source: str,
    wishes: tuple[str, ...],
    encoding: str | None,
    dates: str | None,
    count_once: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Import FILE: CSV, TSV, Parquet or .xlsx, in any encoding, with any column names.

    The same file, or one that overlaps it, brings in only what is new. Rows that cannot be taken in are written into a
    file beside the import, with the reason, to be put right and imported again.

    \b
      guanxi import orders.csv --source till
      guanxi import 客户.csv --as customers --map 备注=
    """
    with company():
        import_ = _receive(file, kind or "", source, encoding or "")
        choices = {"count_once": count_once, **({"dates": ORDERS[dates]} if dates else {})}
        try:
            is_wanted = _settle(import_, wishes, choices, dry_run=dry_run, yes=yes)
        except (UserError, click.Abort):
            cancel_import(import_=import_, by=None, at=now())
            raise
        if is_wanted:
            _work_off(import_)
            _show_result(import_)
        else:
            cancel_import(import_=import_, by=None, at=now())
            console.print("Nothing was taken in.")


def _settle(import_: Import, wishes: tuple[str, ...], choices: dict[str, object], *, dry_run: bool, yes: bool) -> bool:
    """Map the columns as wished, show what that means, and ask whether to go on."""
    mapping = wished_mapping(import_, wishes)
    map_columns(import_=import_, kind=import_.kind, source=import_.source_key, mapping=mapping, choices=choices)
    import_.refresh_from_db()
    require_fields(import_)
    _show_mapping(import_)
    if dry_run or not yes:
        _show_preview(import_)
    return not dry_run and (yes or click.confirm("Take these rows in?", default=True))


def _receive(file: Path, kind: str, source: str, encoding: str) -> Import:
    with step(f"Reading {file.name}"):
        return receive_file(
            name=file.name, blocks=_blocks(file), by=None, at=now(), kind=kind, source=source, encoding=encoding
        )


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            yield block


def _show_mapping(import_: Import) -> None:
    reading = import_.reading
    told = [ENCODINGS.get(reading["encoding"], reading["format"]), f"{import_.rows:,} rows of {import_.kind}"]
    console.print(f"  {', '.join(told)}, from “{import_.source_key}”")
    table = Table("Column", "Means", box=None, padding=(0, 3, 0, 2))
    for place, name in enumerate(import_.header):
        table.add_row(escape(name), import_.mapping.get(str(place), "[dim]kept as it is[/dim]"))
    console.print(table)


def _show_preview(import_: Import) -> None:
    with step("Trying it out"):
        told = preview(import_, at=now(), by=None)
    if told.is_sample:
        console.print(f"  Of the first {told.rows:,} rows:")
    _print_counts(told.counts)


def _work_off(import_: Import) -> None:
    start_import(import_=import_, by=None, at=now())
    columns = (TextColumn("  Taking in"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=import_.rows)
        mine = carry_on(
            import_id=import_.pk, clock=_clock, say=lambda state: bar.update(task, completed=state.done_rows)
        )
    if not mine:
        raise UserError(
            f"Another import from “{import_.source_key}” is running. This one waits and starts by itself after it."
        )
    import_.refresh_from_db()
    if import_.state != Import.State.FINISHED:
        raise UserError(import_.failure or f"The import was {import_.state.label.lower()} by somebody else.")


def _clock() -> datetime:
    return now()


def _show_result(import_: Import) -> None:
    _print_counts(import_.counts)
    if import_.counts.get("rejected"):
        path = place_of(import_.pk).folder / "rejects.csv"
        path.write_text("".join(rejects_csv(import_)), encoding="utf-8")
        console.print(f"  The rejected rows, with the reason: {path}")
    rate = import_.rows / import_.seconds if import_.seconds else 0
    console.print(f"  {import_.seconds:.1f} s, {rate:,.0f} rows a second")


def _print_counts(counts: Counts) -> None:
    table = Table("", "Rows", box=None, padding=(0, 3, 0, 2), show_header=False)
    table.columns[1].justify = "right"
    for line in (*results(counts), *rejections(counts), *notes(counts)):
        table.add_row(str(line.label), f"{line.rows:,}")
    console.print(table)
