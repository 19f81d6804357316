"""Rules of retention are set and ended, and carried out every night by the same erasure as a customer's own wish."""

from datetime import datetime

from django.db import transaction

from guanxi.customer.models import Party, PrivacyRequest, RetentionRule
from guanxi.customer.privacy.actions import due_on, start_erasure
from guanxi.customer.privacy.retention import buyers, due
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note

A_NIGHT = 100  # customers by one rule; each erasure goes through every text of the company
BACKUP_DAYS = 90


@transaction.atomic
def set_rule(*, what: str, months: int, way: str, ground: str, by: User, at: datetime) -> RetentionRule:
    """Say for how long customers of this kind are kept; it holds from the next night on."""
    rule, _made = RetentionRule.objects.update_or_create(
        what=what, defaults={"months": months, "way": way, "ground": ground, "set_at": at, "set_by": by}
    )
    note(verb="privacy.retention_set", by=by, at=at, subject=f"retention:{what}", months=months, way=way, ground=ground)
    return rule


@transaction.atomic
def end_rule(*, what: str, by: User, at: datetime) -> None:
    """Keep customers of this kind without end. What was proposed stays proposed."""
    if RetentionRule.objects.filter(what=what).delete()[0]:
        note(verb="privacy.retention_ended", by=by, at=at, subject=f"retention:{what}")


def apply_rules(*, at: datetime) -> int:
    """Propose or start tonight's erasures by every rule; how many."""
    return sum(_apply(rule, at) for rule in RetentionRule.objects.order_by("what"))


def tonight(rule: RetentionRule, at: datetime) -> list[Party]:
    """The customers whom the next night concerns: no more than whoever answers can look at."""
    found: list[int] = []
    room, over = _room(rule), list(due(rule, at).values_list("pk", flat=True))
    while over and len(found) < room:
        lot, over = over[:A_NIGHT], over[A_NIGHT:]
        bought = buyers(lot)
        found += [pk for pk in lot if pk not in bought]
    return sorted(Party.objects.in_bulk(found[:room]).values(), key=lambda each: found.index(each.pk))


def _room(rule: RetentionRule) -> int:
    if rule.way == RetentionRule.Way.CARRY_OUT:
        return A_NIGHT
    return A_NIGHT - PrivacyRequest.objects.filter(rule=rule.what, finished_at=None, refused_at=None).count()


def _apply(rule: RetentionRule, at: datetime) -> int:
    return sum(_open(rule, party, at) for party in tonight(rule, at))


@transaction.atomic
def _open(rule: RetentionRule, party: Party, at: datetime) -> bool:
    """Ask once more while the customer is held: a promise may have been made meanwhile."""
    if not due(rule, at).select_for_update(of=("self",)).filter(pk=party.pk).exists():
        return False
    request = PrivacyRequest.objects.create(
        kind=PrivacyRequest.Kind.ERASURE,
        rule=rule.what,
        party=party,
        name=party.name,
        received_at=at,
        due_on=due_on(at.date()),
        checked_at=at,
    )
    note(verb="privacy.erasure_proposed", by=None, at=at, subject=f"privacy:{request.pk}", rule=rule.what)
    if rule.way == RetentionRule.Way.CARRY_OUT:
        start_erasure(request=request, facts=PrivacyRequest.Facts.ANONYMISE, backup_days=BACKUP_DAYS, by=None, at=at)
    return True
