"""A backup is unpacked into one folder and nowhere else, on every Python 3.11."""

import io
import tarfile
from pathlib import Path

import pytest

from guanxi.foundation.errors import UserError
from guanxi.site.unpacking import unpack


def test_files_and_folders_come_out_as_they_went_in(tmp_path: Path) -> None:
    secret = member("files/keys/secret", mode=0o600)
    unpacked(secret, tmp_path)
    assert (tmp_path / "files" / "keys" / "secret").read_bytes() == b"content"
    assert (tmp_path / "files" / "keys" / "secret").stat().st_mode & 0o777 == 0o600
    unpacked(member("files/empty", kind=tarfile.DIRTYPE), tmp_path)
    assert (tmp_path / "files" / "empty").is_dir()


@pytest.mark.parametrize(
    "hostile",
    [
        ("/etc/cron.d/job", tarfile.REGTYPE),
        ("../beside", tarfile.REGTYPE),
        ("files/../../beside", tarfile.REGTYPE),
        ("files/link", tarfile.SYMTYPE),
        ("files/link", tarfile.LNKTYPE),
        ("files/device", tarfile.CHRTYPE),
    ],
)
def test_what_leads_out_of_the_folder_is_refused(tmp_path: Path, hostile: tuple[str, bytes]) -> None:
    name, kind = hostile
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(UserError, match="which Guanxi never writes"):
        unpacked(member(name, kind=kind), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def member(name: str, *, kind: bytes = tarfile.REGTYPE, mode: int = 0o644) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.mode, found.linkname = kind, mode, "/etc/passwd" if kind in (b"1", b"2") else ""
    found.size = len(b"content") if kind == tarfile.REGTYPE else 0
    return found


def unpacked(wanted: tarfile.TarInfo, folder: Path) -> None:
    """Through a real archive, as a stranger could have made it."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(wanted, io.BytesIO(b"content"))
    file.seek(0)
    with tarfile.open(fileobj=file) as archive:
        for each in archive:
            unpack(archive, each, folder)
