"""The tags that people put on customers, with how often each is used."""

from django.db.models import Count, QuerySet

from guanxi.customer.access import visible_parties
from guanxi.customer.models import Party, Tag
from guanxi.foundation.accounts.models import User

SAMPLE = 8


def tags_with_counts() -> QuerySet[Tag]:
    """Every tag with `customers`, on how many customers it is, by name."""
    counted = Tag.objects.annotate(customers=Count("uses__party", distinct=True))
    return counted.select_related("owner").order_by("name")


def sample_with(tag: Tag, reader: User) -> list[Party]:
    """A few customers with the tag whom the reader may see, by name."""
    found = visible_parties(reader).filter(pk__in=tag.uses.values("party"))
    return list(found.only("pk", "name", "latin_name", "city", "country").order_by("sort_key", "pk")[:SAMPLE])
