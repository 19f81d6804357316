"""The roles a new company starts with. An administrator may change them; this file is only the beginning."""

from django.utils.translation import gettext_noop

from guanxi.foundation.access.models import Grant, Reach, Role

SEE = {
    "today.read": Reach.ALL,
    "product.read": Reach.ALL,
    "customer.read": Reach.ALL,
    "pool.unmask": Reach.ALL,
}
INSIGHT = {"insight.read": Reach.ALL, "loop.read": Reach.ALL, "question.ask": Reach.ALL}
SELL = {
    "today.read": Reach.OWN,
    "product.read": Reach.ALL,
    "customer.read": Reach.TEAM,
    "customer.write": Reach.OWN,
    "customer.create": Reach.OWN,
    "customer.merge": Reach.OWN,
    "pool.read": Reach.ALL,
    "pool.claim": Reach.ALL,
}
LEAD = {"pool.read": Reach.ALL, "pool.manage": Reach.ALL, "customer.handover": Reach.ALL}
MARKET = {
    "segment.read": Reach.ALL,
    "segment.write": Reach.ALL,
    "campaign.read": Reach.ALL,
    "campaign.write": Reach.ALL,
    "campaign.launch": Reach.ALL,
    "outbox.read": Reach.ALL,
    "outbox.settle": Reach.ALL,
    "programme.close": Reach.ALL,
    "tag.write": Reach.ALL,
}
OVERSEE = {
    **SEE,
    "customer.write": Reach.ALL,
    "customer.create": Reach.ALL,
    "customer.merge": Reach.ALL,
    "customer.sensitive": Reach.ALL,
}
KEEP = {
    "pool.claim": Reach.ALL,
    "import.run": Reach.ALL,
    "import.undo": Reach.ALL,
    "refresh.run": Reach.ALL,
    "customer.export": Reach.ALL,
    "company.export": Reach.ALL,
    "audit.read": Reach.ALL,
    "settings.write": Reach.ALL,
    "privacy.handle": Reach.ALL,
}

STARTING_ROLES: dict[str, tuple[str, dict[str, Reach]]] = {
    "representative": (gettext_noop("Sales representative"), {**SELL, "segment.read": Reach.ALL}),
    "agent": (gettext_noop("Service agent"), {**SEE, "today.read": Reach.OWN, "customer.write": Reach.ALL}),
    "marketer": (gettext_noop("Marketer"), {**SEE, **MARKET, **INSIGHT}),
    "analyst": (
        gettext_noop("Analyst"),
        {
            **SEE,
            "segment.read": Reach.ALL,
            "segment.write": Reach.ALL,
            "campaign.read": Reach.ALL,
            "import.run": Reach.ALL,
            "refresh.run": Reach.ALL,
            **INSIGHT,
        },
    ),
    "manager": (
        gettext_noop("Manager"),
        {**OVERSEE, **LEAD, **MARKET, **INSIGHT, "refresh.run": Reach.ALL, "audit.read": Reach.ALL},
    ),
    "administrator": (gettext_noop("Administrator"), {**OVERSEE, **LEAD, **MARKET, **INSIGHT, **KEEP}),
}


def ensure_starting_roles() -> dict[str, Role]:
    """Create the starting roles that are missing, and leave the grants of existing ones as people have set them."""
    roles = {}
    for key, (name, grants) in STARTING_ROLES.items():
        role, is_new = Role.objects.get_or_create(key=key, defaults={"name": name})
        if is_new:
            Grant.objects.bulk_create(Grant(role=role, verb=verb, reach=far) for verb, far in grants.items())
        roles[key] = role
    return roles
