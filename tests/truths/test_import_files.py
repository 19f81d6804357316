"""Contacts and tables as other programs write them: published fixtures of ez-vcard, ical.js, vobject, Google and Fivetran.

Every card and every CSV of the collection comes in, or is rejected with a reason; what comes in goes out and in again.
"""

import tarfile
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.utils.text import slugify
from pytest_django.fixtures import Settings

from guanxi.foundation.company.models import Company
from guanxi.foundation.errors import UserError
from guanxi.integration.transfer.export.customers.cards import escaped, folded
from guanxi.integration.transfer.files.content import FileProblem
from guanxi.integration.transfer.files.reading import guessed_reading, read
from guanxi.integration.transfer.reasons import PROBLEMS
from tests.integration.transfer.files import outcomes, received, run

SHARE = Path(__file__).parents[3] / "shared" / "data" / "crm_import_share" / "fixtures.tar.gz"
pytestmark = pytest.mark.skipif(not SHARE.exists(), reason="the collection of import files is not on this machine")

# Rows that readers of their own kind find too: cards by BEGIN:VCARD at the start of a line, CSV records by the csv module.
DEFECTS = {"vcard/ez-vcard/John_Doe_ANDROID.vcf": {"encoding": 1}}  # a stray byte 0x80 in quoted-printable UTF-8
EMPTY = "rows"  # what the sentence says when there is only a header
REPORT = Path(__file__).parents[2] / "docs" / "proofs" / "import-files.md"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("share")
    with tarfile.open(SHARE) as archive:
        archive.extractall(folder, filter="data")
    found = sorted(path for path in folder.rglob("*") if path.suffix in {".vcf", ".csv"})
    return {path.relative_to(folder).as_posix(): path for path in found}


def test_every_card_is_read_or_rejected_with_its_reason(files: dict[str, Path], tmp_path: Path) -> None:
    for name, path in files.items():
        if path.suffix != ".vcf":
            continue
        table, how = read(path, tmp_path / "rows.parquet", guessed_reading(path))
        problems = Counter(pq.read_table(tmp_path / "rows.parquet")["problem"].to_pylist())
        begun = sum(line.strip().upper() == b"BEGIN:VCARD" for line in path.read_bytes().splitlines())
        assert (how.format, table.rows) == ("vcard", begun), name
        del problems[None]
        assert problems == DEFECTS.get(name, {}), name
        assert set(problems) <= set(PROBLEMS)


def test_every_table_is_read_to_its_last_row(files: dict[str, Path], tmp_path: Path) -> None:
    seen = 0
    for name, path in files.items():
        if path.suffix != ".csv":
            continue
        try:
            table, how = read(path, tmp_path / "rows.parquet", guessed_reading(path))
        except FileProblem as problem:
            assert EMPTY in str(problem), name  # noqa: PT017 (which of the files is empty is the point)
            assert len(path.read_bytes().strip().splitlines()) == 1, name
            continue
        assert how.format == "text", name
        assert set(pq.read_table(tmp_path / "rows.parquet")["problem"].to_pylist()) == {None}, name
        seen += table.rows
    assert seen > 1_300


def test_what_a_card_says_survives_being_written_and_read_again(files: dict[str, Path], tmp_path: Path) -> None:
    for name, path in files.items():
        if path.suffix != ".vcf":
            continue
        table, _how = read(path, tmp_path / "rows.parquet", guessed_reading(path))
        rows = pq.read_table(tmp_path / "rows.parquet").to_pylist()
        cells = [{name: row[f"c{place}"] for place, name in enumerate(table.header)} for row in rows]
        again = b"".join(_card(each) for each in cells)
        (tmp_path / "again").write_bytes(again)
        table, _how = read(tmp_path / "again", tmp_path / "rows.parquet", guessed_reading(tmp_path / "again"))
        rows = pq.read_table(tmp_path / "rows.parquet").to_pylist()
        for before, row in zip(cells, rows, strict=True):
            after = {name: row[f"c{place}"] for place, name in enumerate(table.header)}
            for column in ("Name", "Phone", "E-mail", "Note", "Organisation"):
                assert " ".join(after.get(column, "").split()) == " ".join(before.get(column, "").split()), (
                    name,
                    column,
                )


def _card(cells: dict[str, str]) -> bytes:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{escaped(cells.get('Name', ''))}"]
    for column, written in {"Phone": "TEL", "E-mail": "EMAIL", "Note": "NOTE", "Organisation": "ORG"}.items():
        if cells.get(column):
            lines.append(f"{written}:{escaped(cells[column])}")
    return b"".join(folded(line) for line in [*lines, "END:VCARD"])


@pytest.mark.prove
@pytest.mark.django_db
def test_every_file_of_the_collection_comes_in_or_says_why_not(
    files: dict[str, Path], company: Company, tmp_path: Path, settings: Settings
) -> None:
    """Through the product, as it is proposed and without a person's help; the table goes to docs/proofs."""
    settings.GUANXI_HOME = tmp_path
    lines = [_line(name, path) for name, path in files.items()]
    REPORT.write_text(
        HEAD.format(cards=sum(".vcf" in line for line in lines), files=len(lines)) + "\n".join(lines) + "\n"
    )
    assert len(lines) == 78


def _line(name: str, path: Path) -> str:
    try:
        import_ = received(path.read_bytes(), name=path.name, source=slugify(name)[:60])
    except FileProblem as problem:
        return f"| `{name}` | – | 0 | {problem} |"
    how = f"{import_.reading['format']} {import_.reading['encoding']}"
    try:
        done = run(import_)
    except UserError as problem:
        return f"| `{name}` | {how} | {import_.rows} | asks first: {problem} |"
    assert done.state == done.State.FINISHED, name
    answered = [outcome for _row, outcome, _reason in outcomes(done)]
    assert len(answered) == done.rows, name
    told = [f"{rows} {key}" for key, rows in done.counts.items() if not key.startswith("note:") and rows]
    return f"| `{name}` | {how} | {done.rows} | {done.kind}: {', '.join(told)} |"


HEAD = """# The published import files

Written by `make prove`. {files} files of the collection ({cards} of contacts), each imported as Guanxi proposes it, nobody helping: every row has
an outcome. `reason:` says why rows were rejected; a file that asks first names nobody, or leaves a question open that a person decides.

| file | read as | rows | what became of them |
|---|---|---|---|
"""
