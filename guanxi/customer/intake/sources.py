from guanxi.customer.models import Source


def ensure_source(*, key: str, name: str, rank: int = 50) -> Source:
    """The source with this key, made on first use; what people have set on an existing one stays."""
    return Source.objects.get_or_create(key=key, defaults={"name": name, "rank": rank})[0]


def own_source() -> Source:
    """The source of everything that colleagues type."""
    return ensure_source(key=Source.OWN, name="Guanxi", rank=0)
