"""`{% load exporting %}`: the state of an export in the components of the design system."""

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString

from guanxi.foundation.ui import parts
from guanxi.integration.transfer.models import Export

register = template.Library()
TONES = {Export.State.WAITING: "info", Export.State.READY: "good", Export.State.FAILED: "bad"}


@dataclass(frozen=True)
class Job:
    """An export as the progress component shows it; a company's rows are not known before they are read."""

    title: str
    state: str
    done: int
    total: int
    share: float | None


@register.simple_tag
def export_chip(export: Export) -> SafeString:
    """The state as a chip."""
    return parts.chip(str(export.state.label), TONES.get(export.state, "quiet"))


@register.simple_tag
def export_progress(export: Export) -> Job:
    share = export.done_rows / export.rows if export.rows else None
    return Job(export.file_name, str(export.state.label), export.done_rows, export.rows, share)
