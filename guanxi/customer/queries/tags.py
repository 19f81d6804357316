"""The tags that people put on customers, with how often each is used."""

from django.db.models import Count, QuerySet

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party, PartyTag, Tag
from guanxi.foundation.accounts.models import User
from guanxi.foundation.rows import joined

SAMPLE = 8
WORN = """
    customer_partytag JOIN customer_tag ON customer_tag.id = customer_partytag.tag_id
      LEFT JOIN accounts_user ON accounts_user.id = customer_partytag.by_id
     WHERE customer_partytag.party_id = %s ORDER BY customer_tag.name, customer_partytag.id
"""


def tags_of(party: Party) -> list[PartyTag]:
    """Which tags a customer bears, with who put them on, by name."""
    rows = joined((PartyTag, Tag, User), WORN, [party.pk])
    for use, tag, by in rows:
        use.tag, use.by = tag, by
    return [use for use, _tag, _by in rows]


def tags_with_counts() -> QuerySet[Tag]:
    """Every tag with `customers`, on how many customers it is, by name."""
    counted = Tag.objects.annotate(customers=Count("uses__party", distinct=True))
    return counted.select_related("owner").order_by("name")


def sample_with(tag: Tag, reader: User) -> list[Party]:
    """A few customers with the tag whom the reader may see, by name."""
    found = visible_parties(reader).filter(pk__in=tag.uses.values("party"))
    return list(found.only("pk", "name", "latin_name", "city", "country").order_by("sort_key", "pk")[:SAMPLE])
