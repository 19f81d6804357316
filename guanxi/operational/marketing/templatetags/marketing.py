"""`{% load marketing %}`: the words of marketing."""

from types import SimpleNamespace

from django import template
from django.utils.translation import gettext as _

from guanxi.customer import contact_policy
from guanxi.operational.marketing.queries import Progress

register = template.Library()


@register.filter
def reason_said(reason: str) -> str:
    """Why a customer may not be written to, as a sentence for people."""
    return str(contact_policy.Reason(reason).label)


@register.inclusion_tag("ui/_progress.html")
def progress_bar(progress: Progress) -> dict[str, SimpleNamespace]:
    """The launch as long work: what it is doing and how far it is."""
    state = (
        _("The messages go out.")
        if progress.launch.examined_at
        else _("Asking who may be written to; drawing the lot.")
    )
    return {"job": SimpleNamespace(title=_("Launch"), state=state, share=progress.share)}
