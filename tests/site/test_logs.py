"""What the log of errors keeps, and what it must not."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

NAME = " ".join(["Zelmira", "Quandt"])  # not as it stands in the trace
pytestmark = pytest.mark.django_db


def test_an_error_of_the_database_is_logged_without_the_row_it_quotes() -> None:
    kept = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(settings.LOGGING["formatters"]["line"])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (name text PRIMARY KEY)")
        with pytest.raises(IntegrityError, match="Zelmira") as met:
            cursor.execute("INSERT INTO told VALUES (%s), (%s)", [NAME, NAME])
    trace = (met.type, met.value, met.tb)
    written = kept.format(logging.LogRecord("guanxi", logging.ERROR, __file__, 1, "it failed", (), trace))
    assert "told_pkey" in written
    assert NAME not in written
