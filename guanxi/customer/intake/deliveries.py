from datetime import datetime

from guanxi.customer.models import Delivery, Source
from guanxi.foundation.accounts.models import User


def ensure_delivery(*, label: str, source_key: str, at: datetime, by: User | None) -> Delivery:
    """The delivery of this label, made on first use, with its source; it remembers whether it had to make that one."""
    known = Delivery.objects.select_related("source").filter(label=label).first()
    if known:
        return known
    source, is_new = Source.objects.get_or_create(key=source_key, defaults={"name": source_key})
    made = {"source": True} if is_new else {}
    return Delivery.objects.create(label=label, source=source, at=at, by=by, made=made)
