from django.db.models import OuterRef, Q, QuerySet, Subquery

from guanxi.foundation.catalogue.models import Price, Product

PAGE = 50


def products(*, words: str = "", after: str = "") -> QuerySet[Product]:
    """One page of products by number from `after` on, each with its latest price; `words` occur in number or name."""
    latest = Price.objects.filter(product=OuterRef("pk")).order_by("-valid_from")
    found = Product.objects.annotate(
        price=Subquery(latest.values("amount")[:1]), price_currency=Subquery(latest.values("currency")[:1])
    ).order_by("sku")
    for word in words.split():
        found = found.filter(Q(sku__istartswith=word) | Q(name__icontains=word))
    return found.filter(sku__gt=after)[: PAGE + 1]


def services() -> set[str]:
    """The numbers of what is sold and is no goods: nobody needs postage again, nor is offered it."""
    return set(Product.objects.filter(is_service=True).values_list("sku", flat=True))
