from django.db.models import QuerySet

from guanxi.foundation.audit.models import Entry

PAGE = 50


def trail(*, verb: str = "", subject: str = "", before: int | None = None) -> QuerySet[Entry]:
    """The trail, newest first, narrowed to verbs that begin with `verb` and to one subject; one page from `before`."""
    entries = Entry.objects.select_related("by").order_by("-id")
    if verb:
        entries = entries.filter(verb__startswith=verb)
    if subject:
        entries = entries.filter(subject=subject)
    if before:
        entries = entries.filter(id__lt=before)
    return entries[: PAGE + 1]
