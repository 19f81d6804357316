"""Indexes that every written row would pay for and no question uses."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
GROWING = ["customer_outbox", "customer_attachment", "customer_erasedkey", "customer_spelledword"]


def test_what_nobody_searches_by_its_beginning_has_no_index_for_that() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexname FROM pg_indexes WHERE tablename = ANY(%s) AND indexdef LIKE %s",
            [GROWING, "%pattern_ops%"],
        )
        assert cursor.fetchall() == []
