"""No table that says whose a row is may be forgotten by a merge."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey

from guanxi.customer.merging.links import links, record_of
from guanxi.customer.models import Party
from guanxi.customer.models.about import AboutParty

# Columns that name a party for good, or that are derived by other means, and why.
FIXED = {
    "customer.Party.merged_into": "follows from the merges themselves",
    "customer.SourceRecord.home": "never changes",
    "customer.SourceRecord.party": "follows from home, before all rows",
    "customer.Merge.absorbed": "what was merged",
    "customer.Merge.survivor": "what was merged",
    "customer.Split.party": "what was made",
    "customer.Reading.party": "computed: insight hears of merges",
    "customer.PrivacyRequest.party": "whom a request was about when it came in",
    "insight.Need.party": "computed: insight hears of merges",
    "insight.Offer.party": "computed: insight hears of merges",
    "insight.StageEntry.party": "how it went, as it was found then",
    "insight.StrengthEntry.party": "how it went, as it was found then",
    "insight.Suggestion.party": "computed: insight hears of merges",
}


def test_every_column_that_names_a_party_follows_a_record_or_is_known_not_to() -> None:
    followed = {(link.table, link.party) for link in links()}
    astray = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model is Party
        and (model._meta.db_table, field.column) not in followed
    ]
    assert set(astray) <= set(FIXED), sorted(set(astray) - set(FIXED))


def test_every_kind_of_row_about_a_customer_is_among_them() -> None:
    tables = {link.table for link in links() if link.party == "party_id"}
    about = {model._meta.db_table for model in apps.get_models() if issubclass(model, AboutParty)}
    assert about <= tables
    assert (record_of("party"), record_of("other")) == ("source_record", "other_record")


@pytest.mark.django_db
def test_every_followed_column_has_an_index_that_begins_with_its_record() -> None:
    """A merge reads only the rows that move, however many others there are."""
    for link in links():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
                " WHERE i.indrelid = %s::regclass AND a.attname = %s AND i.indpred IS NULL",
                [link.table, link.record],
            )
            assert cursor.fetchone()[0] >= 1, link
