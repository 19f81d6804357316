from collections.abc import Mapping

from django.db.models import Q, QuerySet

from guanxi.customer.models import Identifier, Party
from guanxi.customer.normal import plain_email, plain_phone, plain_text, sort_key
from guanxi.foundation.company.queries import current

MOST = 5


def resembling(fields: Mapping[str, str], among: QuerySet[Party]) -> list[Party]:
    """Customers whom these typed fields may already mean: same address, same phone, or the same name."""
    company = current()
    email = plain_email(fields.get("email", ""))
    phone = plain_phone(fields.get("phone", ""), company.country if company else "")
    pointed = Identifier.objects.filter(Q(kind="email", value=email) | Q(kind="phone", value=phone)).exclude(value="")
    same_name = Q(sort_key=sort_key(plain_text(fields.get("name", ""))))
    found = among.filter(Q(pk__in=pointed.values("party")) | same_name).select_related("owner")
    return list(found.order_by("sort_key", "pk")[:MOST])
