"""Files kept with customers: stored once, typed by their content, handed out and never run."""

import hashlib
from pathlib import Path
from threading import Event as Signal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from pytest_django.fixtures import Settings

from guanxi.customer.engagement import files
from guanxi.customer.engagement.files import discard_file, forget_bytes, keep_file, place_of
from guanxi.customer.models import Attachment, Party
from guanxi.foundation.accounts.models import User
from guanxi.foundation.errors import UserError
from tests.customer.incoming import known
from tests.customer.merging.test_races import beside, void
from tests.world import NOW, logged_in


@pytest.fixture
def mei(alice: User, tmp_path: Path, settings: Settings) -> Party:
    settings.GUANXI_HOME = tmp_path
    return known("C-1", name="Mei Jones", owner=alice)


def kept(party: Party, by: User, content: bytes = b"%PDF-1.7 offer", name: str = "offer.pdf") -> Attachment:
    return keep_file(party=party, name=name, blocks=[content], by=by, at=NOW)


def test_a_file_is_typed_by_its_content_and_not_by_its_name(mei: Party, alice: User) -> None:
    assert kept(mei, alice).media_type == "application/pdf"
    assert kept(mei, alice, b"<script>alert(1)</script>", "offer.pdf").media_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\报价.pdf", "报价.pdf"),
        ('a"b\r\nX: y.pdf', "abX y.pdf"),
        ("", "file"),
    ],
)
def test_a_name_leads_nowhere(name: str, plain: str, mei: Party, alice: User) -> None:
    assert kept(mei, alice, name=name).name == plain


def test_the_same_bytes_lie_once_and_go_with_the_last_who_holds_them(
    mei: Party, alice: User, django_capture_on_commit_callbacks: object
) -> None:
    other = known("C-2", name="Otto", owner=alice)
    first, second = kept(mei, alice), kept(other, alice)
    place = place_of(first.sha256)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        discard_file(attachment=first, by=alice, at=NOW)
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        discard_file(attachment=second, by=alice, at=NOW)
    assert not place.exists()


@pytest.mark.parametrize("content", [b"", b"x" * 2001])
def test_an_empty_or_too_large_file_leaves_nothing_behind(
    content: bytes, mei: Party, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 2000)
    with pytest.raises(UserError):
        kept(mei, alice, content)
    assert [path for path in files.folder().rglob("*") if path.is_file()] == []
    assert not Attachment.objects.exists()


def test_a_file_goes_up_and_comes_down_only_to_who_may_see_the_customer(mei: Party, alice: User, carol: User) -> None:
    upload = SimpleUploadedFile("报价 <b>.html", b"<html><script>alert(1)</script></html>", "text/html")
    logged_in(alice).post(f"/customers/{mei.pk}/files/", {"file": upload})
    found = Attachment.objects.get()
    answer = logged_in(alice).get(f"/customers/{mei.pk}/files/{found.pk}/")
    assert b"".join(answer.streaming_content) == b"<html><script>alert(1)</script></html>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert logged_in(carol).get(f"/customers/{mei.pk}/files/{found.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_bytes_that_somebody_is_just_keeping_are_not_forgotten(mei: Party, alice: User) -> None:
    """Kept on one connection and not yet committed, while another finds that nobody holds the same bytes any more."""
    sha256, is_kept, go_on = hashlib.sha256(b"%PDF-1.7 offer").hexdigest(), Signal(), Signal()

    def keep() -> None:
        with transaction.atomic():
            kept(mei, alice)
            is_kept.set()
            go_on.wait(20)

    keeper = beside(keep)
    assert is_kept.wait(20)
    forgetter = beside(lambda: void(forget_bytes([sha256])))
    forgetter.join(0.5)
    go_on.set()
    for each in (keeper, forgetter):
        each.join(20)

    assert Attachment.objects.get().sha256 == sha256
    assert place_of(sha256).exists()
