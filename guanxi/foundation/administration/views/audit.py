from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.audit import words
from guanxi.foundation.audit.models import Entry
from guanxi.foundation.audit.queries import PAGE, trail
from guanxi.foundation.audit.veils import facts_for
from guanxi.foundation.given import whole_number_in


@dataclass(frozen=True)
class Told:
    """An entry with what it says, as this colleague may read it."""

    entry: Entry
    what: str
    about: str
    facts: list[tuple[str, str]]


@require_safe
@requires("audit.read")
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    asked = {"verb": request.GET.get("verb", "").strip(), "subject": request.GET.get("subject", "").strip()}
    entries = list(trail(**asked, before=whole_number_in(request.GET, "before")))
    more = entries[PAGE - 1].pk if len(entries) > PAGE else None
    context = {
        "entries": [_told(request, each) for each in entries[:PAGE]],
        "more": more,
        "verbs": words.verbs(),
        "about": words.subject_in_words(asked["subject"]),
        **asked,
    }
    return render(request, "administration/trail.html", context)


def _told(request: HttpRequest, entry: Entry) -> Told:
    """One line in words."""
    facts = facts_for(member(request), entry)
    return Told(
        entry=entry,
        what=words.verb_in_words(entry.verb),
        about=words.subject_in_words(entry.subject),
        facts=[words.fact_in_words(name, fact) for name, fact in facts.items()],
    )
