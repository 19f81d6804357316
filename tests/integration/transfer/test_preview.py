"""What an import would do is told before it does anything, and nothing of the trial stays."""

import pytest
from django.test import Client

from guanxi.customer.duplicates import Policy
from guanxi.customer.duplicates.setting import set_policy
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
    assert (unread.column, unread.cells, unread.examples) == ("Phone", 1, [("ring me", 1)])
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


@pytest.mark.parametrize(
    ("action", "then"), [("warn", "both stay"), ("review", "goes to the review"), ("attach", "is added to")]
)
def test_somebody_alike_by_name_and_firm_is_named_as_the_import_will_treat_them(
    action: str, then: str, company: Company, ada: User
) -> None:
    imported("Customer No,Name,Company,City\nK1,Ann Featherstone,Brook Tea Ltd,York\n", source="till")
    set_policy(entry="import", policy=Policy(action, action, action), by=ada, at=NOW)
    again = received("Customer No,Name,Company,City\n9,Ann M. Featherstone,Brook Tea Ltd,York\n", source="shop")
    found = preview(again, at=NOW, by=ada)
    assert found.trial
    (double,) = found.trial.doubles
    assert (double.row, double.name, double.other) == (2, "Ann M. Featherstone", "Ann Featherstone")
    assert then in str(double.then)
    assert run(again).counts == found.counts


def test_an_owner_who_is_nobody_here_is_said_before_and_in_the_row(company: Company, alice: User, ann: User) -> None:
    content = (
        "Customer No,Name,Account owner\nK1,Ann Lee,Alice Lin\nK2,Bo Tan,Nora Vale\nK3,Cy Low,nora vale\nK4,Di Ray,\n"
    )
    import_ = received(content, source="till")
    client = logged_in(ann)
    page = client.get(f"/transfer/imports/{import_.pk}/preview/").content.decode()
    assert "Owners whom nobody here is" in page
    trial = preview(import_, at=NOW, by=ann).trial
    assert trial
    assert trial.nobody == [("Nora Vale", 1), ("nora vale", 1)]
    done = run(import_)
    assert done.counts["note:owner_unknown"] == 2
    assert "may not look after customers here" in client.get(f"/transfer/imports/{import_.pk}/").content.decode()
    assert list(Party.objects.order_by("name").values_list("owner__name", flat=True)) == ["Alice Lin", None, None, None]


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
    assert "Cells that do not come in" in page
    assert lines == "".join(trial_csv(preview(import_, at=NOW, by=ann).trial)).splitlines()  # type: ignore[arg-type]
