"""Keeping the catalogue of hand-made tags in order: names, meaning, owner, and which are still offered."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanxi.customer.models import PartyTag, Tag
from guanxi.customer.normal import plain_text
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError

LONGEST = Tag._meta.get_field("name").max_length or 0


@transaction.atomic
def describe_tag(*, tag: Tag, name: str, description: str, owner: User | None, by: User, at: datetime) -> Tag:
    """Rename a tag, say what it means and whom to ask. Imports, views and segments still know its former name.

    Raises UserError.
    """
    held = Tag.objects.select_for_update().get(pk=tag.pk)
    word = plain_text(name)
    if not word or len(word) > LONGEST:
        raise UserError(_("A tag is a word of at most %(most)s characters. Nothing was changed.") % {"most": LONGEST})
    if Tag.objects.named([word]).get(word, held.pk) != held.pk:
        raise UserError(
            _("Another tag is or was called “%(name)s”. Nothing was changed; join the two instead.") % {"name": word}
        )
    before = {"name": held.name, "description": held.description, "owner": held.owner_id}
    held.former_names = _former(held, word)
    held.name, held.description, held.owner = word, description.strip(), owner
    held.save()
    after = {"name": word, "description": held.description, "owner": held.owner_id}
    if before != after:
        note(verb="tag.described", by=by, at=at, subject=f"tag:{held.pk}", before=before, after=after)
    return held


@transaction.atomic
def join_tags(*, tag: Tag, into: Tag, by: User, at: datetime) -> int:
    """Put `into` in the place of `tag` everywhere, and answer to its name; returns on how many customers.

    Who has both keeps the use of `into`. Raises UserError.
    """
    if tag.pk == into.pk:
        raise UserError(_("A tag cannot be joined with itself. Nothing was changed."))
    held = {each.pk: each for each in Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")}
    gone, kept = held[tag.pk], held[into.pk]
    uses = PartyTag.objects.filter(tag=gone)
    parties = sorted(set(uses.values_list("party_id", flat=True)))
    uses.filter(source_record__in=PartyTag.objects.filter(tag=kept).values("source_record")).delete()
    uses.update(tag=kept)
    kept.former_names = sorted({*kept.former_names, *gone.former_names, gone.name} - {kept.name})
    gone.delete()
    kept.save(update_fields=["former_names"])
    note(verb="tag.joined", by=by, at=at, subject=f"tag:{kept.pk}", gone=gone.name, kept=kept.name, parties=parties)
    return len(parties)


@transaction.atomic
def retire_tag(*, tag: Tag, by: User, at: datetime) -> None:
    """Offer a tag no more; who has it keeps it."""
    if Tag.objects.filter(pk=tag.pk, retired_at=None).update(retired_at=at, retired_by=by):
        note(verb="tag.retired", by=by, at=at, subject=f"tag:{tag.pk}", name=tag.name)


@transaction.atomic
def revive_tag(*, tag: Tag, by: User, at: datetime) -> None:
    """Offer a retired tag again."""
    if Tag.objects.filter(pk=tag.pk).exclude(retired_at=None).update(retired_at=None, retired_by=None):
        note(verb="tag.revived", by=by, at=at, subject=f"tag:{tag.pk}", name=tag.name)


def _former(tag: Tag, word: str) -> list[str]:
    return sorted({*tag.former_names, tag.name} - {word})
