"""The wholesaler's invoice lines, brought in by the same import that any company uses."""

from collections.abc import Callable, Iterator
from pathlib import Path

from guanxi.foundation.company.clock import now
from guanxi.integration.transfer.actions import receive_file, start_import
from guanxi.integration.transfer.models import Import
from guanxi.integration.transfer.work import carry_on
from guanxi.site.demo.customers import LINES


def take_lines(source: str, say: Callable[[str], None]) -> None:
    """Import the lines, or go on with an import of them that was cut."""
    import_ = Import.objects.filter(file_name=LINES.name, source_key=source).first() or _begin(source)
    if import_.state == Import.State.PREPARING:
        start_import(import_=import_, by=None, at=now())
    carry_on(import_id=import_.pk, clock=now, say=lambda state: say(f"  {state.done_rows:,} of {state.rows:,} lines"))


def _begin(source: str) -> Import:
    """The import reads the table's meaning out of its own headers and contents; nothing is mapped by hand."""
    return receive_file(name=LINES.name, blocks=_blocks(LINES), by=None, at=now(), kind="transactions", source=source)


def _blocks(file: Path) -> Iterator[bytes]:
    yield file.read_bytes()
