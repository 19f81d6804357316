"""The roles a new company starts with. An administrator may change them; this file is only the beginning."""

from guanxi.foundation.access.models import Grant, Reach, Role

READ_INSIGHT = {"insight.read": Reach.ALL, "loop.read": Reach.ALL}
SELL = {"today.read": Reach.OWN, "customer.read": Reach.TEAM, "customer.write": Reach.OWN, "customer.create": Reach.OWN}
MARKET = {
    "segment.read": Reach.ALL,
    "segment.write": Reach.ALL,
    "campaign.read": Reach.ALL,
    "campaign.write": Reach.ALL,
    "campaign.launch": Reach.ALL,
    "outbox.read": Reach.ALL,
}
OVERSEE = {
    "today.read": Reach.ALL,
    "customer.read": Reach.ALL,
    "customer.write": Reach.ALL,
    "customer.create": Reach.ALL,
}
KEEP = {
    "import.run": Reach.ALL,
    "refresh.run": Reach.ALL,
    "customer.export": Reach.ALL,
    "audit.read": Reach.ALL,
    "settings.write": Reach.ALL,
}

STARTING_ROLES: dict[str, tuple[str, dict[str, Reach]]] = {
    "representative": ("Sales representative", {**SELL, "segment.read": Reach.ALL}),
    "agent": ("Service agent", {"today.read": Reach.OWN, "customer.read": Reach.ALL, "customer.write": Reach.ALL}),
    "marketer": ("Marketer", {"today.read": Reach.ALL, "customer.read": Reach.ALL, **MARKET, **READ_INSIGHT}),
    "analyst": (
        "Analyst",
        {
            "today.read": Reach.ALL,
            "customer.read": Reach.ALL,
            "segment.read": Reach.ALL,
            "segment.write": Reach.ALL,
            "campaign.read": Reach.ALL,
            "import.run": Reach.ALL,
            "refresh.run": Reach.ALL,
            **READ_INSIGHT,
        },
    ),
    "manager": ("Manager", {**OVERSEE, **MARKET, **READ_INSIGHT, "refresh.run": Reach.ALL, "audit.read": Reach.ALL}),
    "administrator": ("Administrator", {**OVERSEE, **MARKET, **READ_INSIGHT, **KEEP}),
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
