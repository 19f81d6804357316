"""An index for each field that can be asked for: made and dropped without locking anybody out, and used by the list."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from guanxi.customer.fields.defining import retire_field
from guanxi.customer.fields.indexing import index_fields
from guanxi.customer.filters import customers_meeting, read_conditions
from guanxi.customer.listing.columns import shown_columns
from guanxi.customer.listing.orders import page, parts
from guanxi.customer.listing.rows import row_queryset
from guanxi.customer.models import CustomField, Party
from guanxi.foundation.accounts.models import User
from tests.customer.fields.defined import defined
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
Kind = CustomField.Kind
MANY = 30_000
FILL = """
INSERT INTO customer_party (kind, name, latin_name, email, phone, street, city, postcode, country, language, provenance,
    sort_key, search, created_at, custom)
SELECT 'person', 'C' || n, '', '', '', '', '', '', '', '', '{}', 'C' || n, '', now(), jsonb_build_object(
    'credit', n * 7 %% 100000, 'ends', to_char(date '2020-01-01' + (n %% 4000), 'YYYY-MM-DD'), 'route', 'R' || n)
FROM generate_series(1, %s) AS n
"""


def names() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'party_custom_%'")
        return {row[0] for row in cursor.fetchall()}


def asked(*condition: str) -> QuerySet[Party]:
    return customers_meeting(read_conditions([list(condition)]), Party.objects.all(), NOW)


@pytest.fixture
def crowd(ada: User) -> dict[str, CustomField]:
    fields = {
        "credit": defined("Credit", Kind.MONEY),
        "ends": defined("Ends", Kind.DATE),
        "route": defined("Route", Kind.TEXT),
    }
    with connection.cursor() as cursor:
        cursor.execute(FILL, [MANY])
    return fields


def test_ranges_and_beginnings_use_the_index_of_their_field(crowd: dict[str, CustomField]) -> None:
    found = {
        "credit": asked("custom.credit", "at_least", "99900"),
        "ends": asked("custom.ends", "until", "2020-01-05"),
        "route": asked("custom.route", "starts", "r2999"),
    }
    assert all("Seq Scan" in each.explain() for each in found.values())
    numbers = {key: each.count() for key, each in found.items()}

    index_fields()

    for key, each in found.items():
        assert f"party_custom_{crowd[key].pk}" in each.explain(), key
        assert each.count() == numbers[key] > 0, key


@pytest.mark.parametrize("sort", ["custom.credit", "-custom.credit"])
def test_a_filtered_page_is_read_from_the_index_in_its_order(sort: str, crowd: dict[str, CustomField]) -> None:
    index_fields()
    rows = row_queryset(asked("custom.credit", "at_least", "500"), shown_columns(["custom.credit"]), sort)
    first, mark = page(rows, sort, None, 25)
    second, _ = page(rows, sort, mark, 25)
    part = parts(sort)[0]
    assert mark is not None
    for stretch in (rows.filter(part.only), rows.filter(part.only).filter(part.after(mark))):
        told = stretch.order_by(*part.ordering())[:25].explain()
        assert f"party_custom_{crowd['credit'].pk}" in told
        assert "Sort" not in told

    values = [row["custom__credit"] for row in (*first, *second)]
    assert values == sorted(values, reverse=sort.startswith("-"))
    assert len({row["pk"] for row in (*first, *second)}) == 50


def test_indexes_follow_the_fields_and_a_half_made_one_is_made_anew(crowd: dict[str, CustomField], ada: User) -> None:
    defined("Secret", Kind.TEXT, is_sensitive=True)
    defined("Quiet", Kind.TEXT, is_filterable=False)
    made, _ = index_fields()
    assert set(made) == names()
    assert len(made) == 4  # one for each of three fields, and beginnings of the text
    assert index_fields() == ([], [])

    broken = f"party_custom_{crowd['ends'].pk}"
    with connection.cursor() as cursor:  # an index that could not be completed stays behind, and is not valid
        cursor.execute(f"DROP INDEX {broken}")
        with pytest.raises(IntegrityError):
            cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {broken} ON customer_party (kind)")
    assert broken in names()
    assert index_fields() == ([broken], [broken])

    retire_field(field=crowd["route"], by=ada, at=NOW)
    _, dropped = index_fields()
    assert len(dropped) == 2
    assert names() == {f"party_custom_{crowd[key].pk}" for key in ("credit", "ends")}


@pytest.fixture(autouse=True)
def _no_index_stays(transactional_db: None) -> Iterator[None]:
    """Indexes outlive the emptying of the tables."""
    yield
    CustomField.objects.all().delete()
    index_fields()
