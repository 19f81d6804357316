"""What an import would do is told before it does anything, and nothing of the trial stays."""

import pytest
from django.test import Client

from guanxi.customer.models import Event, Party, Source, SourceRecord
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.integration.transfer import previewing
from guanxi.integration.transfer.downloads import trial_csv
from guanxi.integration.transfer.previewing import Preview, preview
from tests.integration.transfer.files import imported, received, run
from tests.world import NOW, logged_in

pytestmark = pytest.mark.django_db

KNOWN = "Customer No,Name,Phone,E-mail,City\nK1,Ann Lee,+441632960001,ann@example.com,York\nK2,Bo Tan,,bo@example.com,Leeds\n"
NEXT = (
    "Customer No,Name,Phone,E-mail,City\n"
    "K1,Ann Lee-Smith,+441632960001,ann@example.com,Hull\n"
    "K2,Bo Tan,,bo@example.com,Leeds\n"
    "K3,Cy Low,ring me,cy@example.com,York\n"
    ",,,,\n"
    "1.38E+10,Dee Ray,,dee@example.com,York\n"
)


def foreseen(content: str) -> Preview:
    return preview(received(content, source="till"), at=NOW, by=None)


def test_updates_are_shown_field_by_field_and_rejects_with_their_rows(company: Company) -> None:
    imported(KNOWN, source="till")
    found = foreseen(NEXT)
    assert found.trial
    (change,) = found.trial.changes
    assert (change.row, change.name) == (2, "Ann Lee")
    assert [(str(label), old, new) for label, old, new in change.fields] == [
        ("Name", "Ann Lee", "Ann Lee-Smith"),
        ("City", "York", "Hull"),
    ]
    (unread,) = found.trial.unread
    assert (unread.column, unread.cells, unread.examples) == ("Phone", 1, ["ring me"])
    ((reason, rows),) = found.trial.rejected.items()
    assert "shortened" in reason
    assert [row for row, _ in rows] == [6]


def test_the_trial_foresees_exactly_what_the_import_does_and_leaves_nothing(company: Company) -> None:
    imported(KNOWN, source="till")
    before = [list(model.objects.order_by("pk").values()) for model in (Party, SourceRecord, Source, Event)]
    import_ = received(NEXT, source="till")
    found = preview(import_, at=NOW, by=None)
    after = [list(model.objects.order_by("pk").values()) for model in (Party, SourceRecord, Source, Event)]
    assert after == before
    assert run(import_).counts == found.counts


def test_somebody_known_from_another_source_is_named(company: Company) -> None:
    imported(KNOWN, source="till")
    found = preview(received("Customer No,Name,E-mail\n9,A. Lee,ann@example.com\n", source="shop"), at=NOW, by=None)
    assert found.trial
    (double,) = found.trial.doubles
    assert (double.row, double.other) == (2, "Ann Lee")


def test_the_figures_of_a_large_file_say_of_how_many_rows_they_are(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "MOST_CUSTOMERS", 3)
    found = foreseen(NEXT)
    assert (found.rows, found.is_sample) == (3, True)
    assert sum(found.counts[key] for key in ("created",)) == 3


def test_what_would_become_of_each_row_can_be_downloaded(ann: User) -> None:
    import_ = received(NEXT, source="till")
    client: Client = logged_in(ann)
    given = client.get(f"/transfer/imports/{import_.pk}/trial.csv")
    lines = b"".join(given).decode().splitlines()  # type: ignore[arg-type]
    assert len(lines) == 6
    assert lines[1].startswith("2,new customer")
    assert "shortened" in lines[5]

    page = client.get(f"/transfer/imports/{import_.pk}/preview/").content.decode()
    assert "Cells that cannot be read" in page
    assert lines == "".join(trial_csv(preview(import_, at=NOW, by=ann).trial)).splitlines()  # type: ignore[arg-type]
