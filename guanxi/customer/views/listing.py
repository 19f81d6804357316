from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from guanxi.customer.access import holders, visible_parties
from guanxi.customer.actions.correcting_many import SHARED
from guanxi.customer.filters import BadCondition, as_text
from guanxi.customer.listing.columns import Showing, columns, shown_columns
from guanxi.customer.listing.counts import count
from guanxi.customer.listing.exports import export_address
from guanxi.customer.listing.meanings import probably_meant
from guanxi.customer.listing.orders import DEFAULT, order_of, orders, page, read_mark
from guanxi.customer.listing.questions import Question, read_question
from guanxi.customer.listing.rows import drawn, row_queryset, shared_scale
from guanxi.customer.listing.sentences import edited, sentence
from guanxi.customer.models import Party, SavedView
from guanxi.customer.queries.called import books_called
from guanxi.customer.queries.computation import latest_computation
from guanxi.customer.timeline.own import field_label
from guanxi.foundation.access.doors import may, member, requires
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company import clock
from guanxi.foundation.given import is_whole_number
from guanxi.foundation.rows import first

PAGE = 25


@requires("customer.read")
@require_GET
def customers(request: HttpRequest) -> HttpResponse:
    """The list: a tab for each saved view, the filter as a sentence, a page of customers and a link to the next."""
    views = [] if _is_more(request) else list(_views(request))
    try:
        asked = _question(request)
        if "field" in request.GET:
            return redirect(request.path + edited(asked, request.GET, member(request)).address())
    except BadCondition as error:
        return _list_page(request, Question(), views, error=str(error))
    return _list_page(request, asked, views, error="")


def _is_more(request: HttpRequest) -> bool:
    """Whether only further rows are asked for."""
    return request.headers.get("HX-Target") == "more"


def _list_page(request: HttpRequest, asked: Question, views: list[SavedView], *, error: str) -> HttpResponse:
    user, at = member(request), clock.now()
    shown = shown_columns(asked.columns)
    visible = visible_parties(user)
    found = row_queryset(asked.of(visible, at), shown, asked.sort)
    mark, is_narrow = read_mark(request.GET.get("after", ""), asked.sort), bool(asked.conditions or asked.words)
    rows, behind = page(found, asked.sort, mark, PAGE, is_narrow=is_narrow)
    scale = shared_scale(rows, request.GET.get("scale", ""))
    showing = Showing(today=localdate(at), scale=scale, may_write=may(user, "customer.write"))
    following = {"after": behind.written(), "scale": f"{scale:g}"} if behind else None
    context: dict[str, object] = {
        "rows": drawn(rows, shown, showing),
        "next_url": request.path + "?" + urlencode([*asked.pairs(), *following.items()]) if following else "",
    }
    if _is_more(request):
        return render(request, "customer/_more.html", context)
    context |= {"asked": asked, "error": error, "scale": scale, "columns": shown, "default_sort": asked.sort}
    context["books"] = books_called(asked.words) if asked.words and mark is None else []
    context["meant"] = probably_meant(asked, visible, at, found=len(rows)) if mark is None else None
    return render(request, "customer/customers.html", context | _head(request, asked, views, user))


def _head(request: HttpRequest, asked: Question, views: list[SavedView], user: User) -> dict[str, object]:
    return {
        "views": views,
        "sentence": sentence(asked, request.GET, lambda changed: request.path + changed.address(), user),
        "all_columns": columns(),
        "orders": [(f"-{key}" if key != "name" else key, order.label) for key, order in orders().items()],
        "order_label": (order_of(asked.sort) or order_of(DEFAULT)).label,  # type: ignore[union-attr]
        "colleagues": holders().values("pk", "name"),
        "mine": f"?where=owner:in:{user.pk}",
        "tab": _tab(asked, user),
        "may_create": may(user, "customer.create"),
        "export_address": export_address(asked.address()) if may(user, "customer.export") else "",
        "may_write": may(user, "customer.write"),
        "shared_fields": [(name, field_label(name)) for name in SHARED],
        "may_merge": may(user, "customer.merge"),
        "here": request.path + asked.address(),
        "computation": latest_computation(),
        "share": request.build_absolute_uri(request.path + asked.address()),
    }


def _tab(asked: Question, user: User) -> str:
    """Which of the two standing tabs the question is, or neither."""
    written = [as_text(each) for each in asked.conditions]
    if asked.view or len(written) > 1:
        return ""
    return {"": "all", f"owner:in:{user.pk}": "mine"}.get("".join(written), "")


def _views(request: HttpRequest) -> QuerySet[SavedView]:
    """The views that this colleague may use: their own and the shared ones."""
    return SavedView.objects.filter(Q(owner=member(request)) | Q(is_shared=True)).order_by("name")


def _question(request: HttpRequest) -> Question:
    wanted = request.GET.get("view", "")
    if not request.GET:
        view = first(SavedView, "owner_id = %s AND is_default", [member(request).pk])
    else:
        view = _views(request).filter(pk=wanted).first() if is_whole_number(wanted) else None
    return read_question(request.GET, view, member(request))


@requires("customer.read")
@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    """How many customers the question finds, asked for by the page once it stands."""
    return render(request, "customer/_counted.html", {"count": count(_found(request))})


def _found(request: HttpRequest) -> "QuerySet[Party]":
    """The customers of the question in the address; none when it makes no sense."""
    try:
        asked = _question(request)
    except BadCondition:
        return Party.objects.none()
    return asked.of(visible_parties(member(request)), clock.now())
