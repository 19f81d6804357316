"""The catalogue of tags that people have made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guanxi.customer.actions.tag_keeping import describe_tag, join_tags, retire_tag, revive_tag
from guanxi.customer.forms import TagForm
from guanxi.customer.models import Tag
from guanxi.customer.queries.tags import sample_with, tags_with_counts
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.company import clock
from guanxi.foundation.errors import UserError
from guanxi.foundation.given import whole_number_in


@requires("tag.write")
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """All tags with meaning, owner and number of customers."""
    return render(request, "customer/tags/catalogue.html", {"tags": tags_with_counts()})


@requires("tag.write")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a tag, describe it, give it an owner."""
    tag = get_object_or_404(tags_with_counts(), pk=pk)
    form = TagForm(request.POST or None, initial={"name": tag.name, "description": tag.description, "owner": tag.owner})
    if request.method == "POST" and form.is_valid():
        try:
            describe_tag(tag=tag, **form.cleaned_data, by=member(request), at=clock.now())
        except UserError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("customer:tag", pk)
    context = {
        "tag": tag,
        "form": form,
        "sample": sample_with(tag, member(request)),
        "others": Tag.objects.exclude(pk=pk).filter(retired_at=None).order_by("name"),
    }
    return render(request, "customer/tags/tag.html", context, status=422 if form.errors else 200)


@requires("tag.write")
@require_POST
def joining(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another tag in the place of this one."""
    tag, into = get_object_or_404(Tag, pk=pk), get_object_or_404(Tag, pk=whole_number_in(request.POST, "into"))
    try:
        number = join_tags(tag=tag, into=into, by=member(request), at=clock.now())
    except UserError as error:
        messages.error(request, str(error))
        return redirect("customer:tag", pk)
    said = {"gone": tag.name, "kept": into.name, "number": number}
    messages.success(request, _("“%(gone)s” is now “%(kept)s”, on %(number)s customers.") % said)
    return redirect("customer:tag", into.pk)


@requires("tag.write")
@require_POST
def retirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a tag no more."""
    tag = get_object_or_404(Tag, pk=pk)
    retire_tag(tag=tag, by=member(request), at=clock.now())
    messages.success(request, _("“%(tag)s” is not offered any more. Customers keep it.") % {"tag": tag.name})
    return redirect("customer:tag-catalogue")


@requires("tag.write")
@require_POST
def revival(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a retired tag again."""
    tag = get_object_or_404(Tag, pk=pk)
    revive_tag(tag=tag, by=member(request), at=clock.now())
    messages.success(request, _("“%(tag)s” is offered again.") % {"tag": tag.name})
    return redirect("customer:tag-catalogue")
