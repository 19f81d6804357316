"""A process reads ahead of an import, and the import ends as if it had read by itself."""

from dataclasses import replace
from threading import Thread
from typing import Any

import pytest

from guanxi.foundation.company.models import Company
from guanxi.integration.transfer import persevering
from guanxi.integration.transfer.actions import start_import
from guanxi.integration.transfer.parties import ahead
from guanxi.integration.transfer.parties.ahead import ReadingAhead
from guanxi.integration.transfer.parties.manner import manner_of
from guanxi.integration.transfer.parts import PREPARE
from guanxi.integration.transfer.place import place_of
from guanxi.integration.transfer.plan import plan_of
from guanxi.integration.transfer.work import carry_on
from tests.integration.transfer.files import imported, outcomes, received
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0  # seconds for a reader to load the product and read three parts


def test_thousands_of_colleagues_do_not_make_import_and_reader_wait_for_each_other(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = "".join(f"{number},Ann Number {number},\n" for number in range(6_000))
    import_ = received("customer number,name,owner\n" + people, kind="customers", source="shop")
    colleagues = {f"colleague.{number}.of.many@company.example.com": number for number in range(4_000)}
    plan, place = replace(plan_of(import_), colleagues=colleagues), place_of(import_.pk)
    PREPARE["customers"](place, plan)
    monkeypatch.setattr(ahead, "WAIT", PATIENCE)
    parts, read = [(2, 2_001), (2_002, 4_001), (4_002, 6_001)], []

    with ReadingAhead(manner_of(plan, place.prepared, place.rows), is_worth_it=True) as reading:

        def work() -> None:
            read.extend(len(reading.read(part, parts[number + 1 :])) for number, part in enumerate(parts))

        thread = Thread(target=work, daemon=True)
        thread.start()
        thread.join(PATIENCE)
    assert read == [2_000, 2_000, 2_000]


@pytest.mark.parametrize("deaths", [1, 3])
def test_a_reader_that_dies_is_replaced_and_not_taken_for_a_full_disk(
    company: Company, monkeypatch: pytest.MonkeyPatch, deaths: int
) -> None:
    monkeypatch.setattr(ahead, "WORTH_IT", 1)
    monkeypatch.setattr(ahead, "WAIT", PATIENCE)
    monkeypatch.setattr(persevering, "PAUSE", 0)
    died, read = [], ReadingAhead.read

    def read_by_a_mortal(reading: ReadingAhead, *asked: Any) -> Any:
        if len(died) < deaths and reading._process:
            died.append(reading._process.kill())
            reading._process.wait()
        return read(reading, *asked)

    monkeypatch.setattr(ReadingAhead, "read", read_by_a_mortal)
    import_ = received("customer number,name\n1,Ann\n2,Ben\n", kind="customers", source="shop")
    start_import(import_=import_, by=None, at=NOW)
    carry_on(import_id=import_.pk, clock=lambda: NOW)
    import_.refresh_from_db()
    assert import_.done_rows == (2 if deaths == 1 else 0)
    assert ("ReaderDied" in import_.failure) == (deaths == 3)


def test_what_is_read_ahead_is_what_the_import_would_have_read(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = "".join(f"{number % 11},Ann {number},ann{number}@example.com\n" for number in range(12))
    said = f"customer number,name,e-mail\n{people},,\n"
    alone = imported(said, kind="customers", source="shop", chunk_rows=3)
    monkeypatch.setattr(ahead, "WORTH_IT", 1)
    monkeypatch.setattr(ahead, "WAIT", PATIENCE)
    monkeypatch.delattr("guanxi.integration.transfer.parties.ahead.read_rows")  # the import must not read by itself
    helped = imported(said, kind="customers", source="till", chunk_rows=3)
    assert [row[:2] for row in outcomes(helped)] == [row[:2] for row in outcomes(alone)]
    assert outcomes(helped)[-1][1] == "empty"


@pytest.mark.parametrize("parts_until_it_listens", [0, 2])
def test_an_import_reads_by_itself_until_its_reader_listens(
    company: Company, monkeypatch: pytest.MonkeyPatch, parts_until_it_listens: int
) -> None:
    people = "".join(f"{number},Ann {number},ann{number}@example.com\n" for number in range(12))
    begun, begin = [], ReadingAhead._begin

    def begin_late(reading: ReadingAhead, process: Any) -> bool:
        begun.append(process)
        return len(begun) > parts_until_it_listens and begin(reading, process)

    monkeypatch.setattr(ahead, "WORTH_IT", 1)
    monkeypatch.setattr(ahead, "WAIT", PATIENCE)
    monkeypatch.setattr(ReadingAhead, "_begin", begin_late)
    import_ = imported(f"customer number,name,e-mail\n{people}", kind="customers", source="till", chunk_rows=3)
    assert import_.counts == {"created": 12}
    assert len(begun) == min(parts_until_it_listens + 1, 4)
