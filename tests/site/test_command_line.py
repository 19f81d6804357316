"""The command line: mistakes are sentences with an exit code, and a backup is the whole company."""

from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from guanxi.foundation import server
from guanxi.foundation.errors import UserError
from guanxi.site.backup import back_up, restore
from guanxi.site.command_line import COMMANDS
from tests.site.running import guanxi


def test_help_names_every_command(home: Path) -> None:
    answer = guanxi(home, "--help")
    assert answer.returncode == 0
    for name in COMMANDS:
        assert f"  {name} " in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "sentence"),
    [
        (["fly"], {}, 2, "No such command 'fly'"),
        (["restore", "nowhere.guanxi"], {}, 2, "does not exist"),
        (["refresh"], {}, 1, "Run `guanxi migrate`"),
        (["check"], {"DATABASE_URL": "what?"}, 1, "DATABASE_URL cannot be read"),
        (["check"], {"DATABASE_URL": "postgresql://guanxi@127.0.0.1:9/guanxi"}, 1, "does not answer"),
    ],
)
def test_a_mistake_is_a_sentence(
    home: Path, arguments: list[str], environment: dict[str, str], code: int, sentence: str
) -> None:
    answer = guanxi(home, *arguments, **environment)
    assert sentence in answer.stderr
    assert answer.returncode == code
    assert "Traceback" not in answer.stderr + answer.stdout


def test_the_whole_company_comes_back_from_a_backup_into_another_folder(home: Path, open_folder: Path) -> None:
    elsewhere, file = open_folder / "elsewhere", open_folder / "friday.guanxi"
    assert guanxi(home, "migrate").returncode == 0
    made = guanxi(home, "user", "create", "ann@example.com", "--name", "关雎", GUANXI_PASSWORD="a-long-enough-secret")
    assert made.returncode == 0, made.stderr
    (home / "imports" / "1").mkdir(parents=True)
    (home / "imports" / "1" / "original").write_bytes(b"\x00\xff verbatim")

    assert guanxi(home, "backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    try:
        restored = guanxi(elsewhere, "restore", str(file))
        assert restored.returncode == 0, restored.stderr
        assert (elsewhere / "imports" / "1" / "original").read_bytes() == b"\x00\xff verbatim"
        assert (elsewhere / "secret").read_text() == (home / "secret").read_text()
        assert people(elsewhere) == people(home) == [("ann@example.com", "关雎")]
        assert trail(elsewhere) == ["access.member_added", "account.password_changed"]
        again = guanxi(elsewhere, "restore", str(file))
        assert (again.returncode, "There is a company already" in again.stderr) == (1, True)
    finally:
        server.stop(elsewhere)


def test_what_is_no_backup_is_not_restored_and_what_exists_is_not_overwritten(tmp_path: Path) -> None:
    letter, nowhere = tmp_path / "letter.txt", server.Address()
    letter.write_text("Dear Ann")
    with pytest.raises(UserError, match="This is not a Guanxi backup"):
        restore(home=tmp_path, database=nowhere, origin=letter, began=print, advance=print)
    with pytest.raises(UserError, match="do not overwrite anything"):
        back_up(home=tmp_path, database=nowhere, target=letter, at=timezone.now(), began=print, advance=print)
    assert letter.read_text() == "Dear Ann"


def people(home: Path) -> list[tuple[str, str]]:
    with server.use(home) as address, psycopg.connect(address.conninfo) as connection:
        return connection.execute("SELECT email, name FROM accounts_user ORDER BY email").fetchall()


def trail(home: Path) -> list[str]:
    with server.use(home) as address, psycopg.connect(address.conninfo) as connection:
        return [verb for (verb,) in connection.execute("SELECT verb FROM audit_entry WHERE by_id IS NULL ORDER BY id")]
