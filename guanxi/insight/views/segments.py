"""Segments: questions about customers that are asked again and again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanxi.customer.access import visible_parties
from guanxi.customer.filters import BadCondition, Names, describe
from guanxi.customer.listing.counts import count
from guanxi.customer.listing.questions import Question, read_question
from guanxi.customer.listing.sentences import edited, sentence
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.insight import actions
from guanxi.insight.forms import SegmentForm
from guanxi.insight.models import Segment
from guanxi.insight.queries.segments import asked_by, said, sample_of


@require_GET
@requires("segment.read")
def segments(request: HttpRequest) -> HttpResponse:
    names = Names()
    rows = [(each, said(each, names)) for each in Segment.objects.select_related("made_by").order_by("name")]
    return render(request, "insight/segments.html", {"rows": rows, "may_write": may(request.user, "segment.write")})


@require_GET
@requires("segment.read")
def segment(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Segment, pk=pk)
    try:
        asked = asked_by(found)
    except BadCondition as problem:
        return render(request, "insight/segment.html", {"segment": found, "problem": str(problem)})
    members = asked.of(visible_parties(member(request)), now())
    facts = {
        "segment": found,
        "sentence": describe(asked.conditions),
        "address": asked.address(),
        "count": count(members),
        "sample": sample_of(members),
        "may_write": may(request.user, "segment.write"),
        "may_campaign": may(request.user, "campaign.write"),
    }
    return render(request, "insight/segment.html", facts)


@require_GET
@requires("segment.read")
def counted(request: HttpRequest, pk: int) -> HttpResponse:
    """How many members this colleague may see."""
    found = get_object_or_404(Segment, pk=pk)
    try:
        members = asked_by(found).of(visible_parties(member(request)), now())
    except BadCondition as problem:
        return HttpResponse(str(problem))
    return render(request, "customer/_count.html", {"count": count(members)})


@require_http_methods(["GET", "POST"])
@requires("segment.write")
def builder(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new segment, or one that is being changed: the draft stands in the address, so nothing is lost by leaving."""
    kept = get_object_or_404(Segment, pk=pk) if pk else Segment()
    try:
        asked = _draft(request, kept)
        if "field" in request.GET:
            return redirect(_address(request, edited(asked, request.GET, member(request))))
    except BadCondition as problem:
        return _page(request, kept, Question(), error=str(problem))
    if request.method == "GET":
        return _page(request, kept, asked)
    form = SegmentForm(request.POST, instance=kept)
    if not form.is_valid():
        return _page(request, kept, asked, form=form, status=422)
    try:
        saved = actions.save_segment(
            segment=form.save(commit=False), conditions=asked.conditions, by=member(request), at=now()
        )
    except UserError as problem:
        return _page(request, kept, asked, form=form, error=str(problem), status=422)
    return redirect("insight:segment", saved.pk)


@require_GET
@requires("segment.write")
def preview(request: HttpRequest) -> HttpResponse:
    """The live count and a sample of the draft, the open slot's value included."""
    try:
        asked = read_question(request.GET, None, member(request))
        if "field" in request.GET:
            asked = edited(asked, request.GET, member(request))
    except BadCondition as problem:
        return render(request, "insight/_preview.html", {"problem": str(problem)})
    members = asked.of(visible_parties(member(request)), now())
    return render(request, "insight/_preview.html", {"count": count(members), "sample": sample_of(members)})


@require_POST
@requires("segment.write")
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Segment, pk=pk)
    try:
        actions.delete_segment(segment=found, by=member(request), at=now())
    except UserError as problem:
        messages.error(request, str(problem))
        return redirect("insight:segment", pk)
    messages.success(request, _("The segment “%(name)s” is gone.") % {"name": found.name})
    return redirect("insight:segments")


def _page(
    request: HttpRequest,
    kept: Segment,
    asked: Question,
    *,
    form: SegmentForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    facts = {
        "segment": kept,
        "asked": asked,
        "sentence": sentence(asked, request.GET, lambda changed: _address(request, changed), member(request)),
        "form": form or SegmentForm(instance=kept),
        "error": error,
        "here": _address(request, asked),
        "preview": reverse("insight:preview") + asked.address(),
    }
    return render(request, "insight/segment_form.html", facts, status=status)


def _draft(request: HttpRequest, kept: Segment) -> Question:
    """What the address asks for; without conditions there, what the segment has."""
    if "where" in request.GET or "draft" in request.GET or not kept.pk:
        return read_question(request.GET, None, member(request))
    return asked_by(kept)


def _address(request: HttpRequest, asked: Question) -> str:
    return f"{request.path}{asked.address()}&draft=1"
