"""What every written row would pay for and no question uses, and what every question would."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
GROWING = ["customer_outbox", "customer_attachment", "customer_erasedkey"]


def test_what_nobody_searches_by_its_beginning_has_no_index_for_that() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexname FROM pg_indexes WHERE tablename = ANY(%s) AND indexdef LIKE %s",
            [GROWING, "%pattern_ops%"],
        )
        assert cursor.fetchall() == []


def test_a_search_reads_little_that_is_not_in_order_yet() -> None:
    """Each search reads all of it: with the database's own limit, that came to five hundred pages."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'party_search'")
        assert cursor.fetchone() == (["gin_pending_list_limit=256"],)
