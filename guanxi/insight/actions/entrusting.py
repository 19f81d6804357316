from datetime import datetime

from django.db import transaction

from guanxi.customer.models import TagSteward
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.insight.tags import ComputedTag


@transaction.atomic
def entrust_tag(*, tag: ComputedTag, person: User | None, by: User, at: datetime) -> None:
    """Say whom to ask about a computed tag, or that it is nobody."""
    TagSteward.objects.update_or_create(key=tag.key, defaults={"person": person, "since": at, "by": by})
    note(verb="insight.tag_entrusted", by=by, at=at, subject=f"tag:{tag.key}", person=person.pk if person else None)
