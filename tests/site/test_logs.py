"""What the log of errors keeps, and what it must not."""

import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.db import Error, connection

pytestmark = pytest.mark.django_db

TOLD = "CREATE TEMPORARY TABLE told (name text CONSTRAINT told_once PRIMARY KEY, day date)"
TWICE = "INSERT INTO told (name) VALUES (%s), (%s)"
NO_DAY = "INSERT INTO told VALUES (%s, (%s::text)::date)"


def kept(said: str = "it failed") -> str:
    """The error at hand, as the log keeps it."""
    line = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        {**settings.LOGGING["formatters"]["line"]}
    )
    return str(line.format(logging.LogRecord("guanxi", logging.ERROR, __file__, 1, said, (), sys.exc_info())))


@pytest.mark.parametrize(
    ("statement", "name"), [(TWICE, "told_once"), (NO_DAY, "22007")], ids=["a row", "a value of the wrong kind"]
)
def test_what_the_database_quotes_is_not_logged(statement: str, name: str) -> None:
    quoted = "\n".join(["Zelmira", "please call 07700 900123"])
    written = ""
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        try:
            cursor.execute(statement, [quoted, quoted])
        except Error as problem:
            written = kept()
            told = str(problem)
    assert "Zelmira" in told
    assert "Zelmira" not in written
    assert "07700" not in written
    assert "it failed" in written
    assert name in written
    assert "test_logs.py" in written


def test_any_other_error_is_logged_whole() -> None:
    try:
        raise ValueError("no such colour")
    except ValueError:
        assert "ValueError: no such colour" in kept()
