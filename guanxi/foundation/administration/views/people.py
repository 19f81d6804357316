from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guanxi.foundation.access.actions import LastAdministrator, grant_role, place_member
from guanxi.foundation.access.doors import member, requires
from guanxi.foundation.access.models import Role
from guanxi.foundation.accounts.models import User
from guanxi.foundation.administration.forms import GrantsForm, MemberForm
from guanxi.foundation.company import clock


@require_safe
@requires("settings.write")
def members(request: HttpRequest) -> HttpResponse:
    """Who works here, with role, team and whether they may log in."""
    people = User.objects.select_related("role", "team").order_by("-is_active", "name")
    return render(request, "administration/members.html", {"people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("settings.write")
def place(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a colleague, or change an existing one's place."""
    colleague = get_object_or_404(User, pk=pk) if pk else User()
    form = MemberForm(request.POST or None, instance=colleague)
    if request.method == "POST" and form.is_valid():
        try:
            place_member(member=form.save(commit=False), by=member(request), at=clock.now())
        except LastAdministrator as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. A new colleague sets a password through “Forgot your password?”."))
            return redirect("administration:members")
    status = 422 if form.is_bound else 200
    return render(request, "administration/member.html", {"form": form, "colleague": colleague}, status=status)


@require_safe
@requires("settings.write")
def roles(request: HttpRequest) -> HttpResponse:
    """The roles and how many colleagues hold each."""
    return render(
        request, "administration/roles.html", {"roles": Role.objects.order_by("name").prefetch_related("members")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("settings.write")
def grants(request: HttpRequest, pk: int) -> HttpResponse:
    """What one role may do, a verb a line."""
    role = get_object_or_404(Role, pk=pk)
    form = GrantsForm(request.POST or None, initial=dict(role.grants.values_list("verb", "reach")))
    if request.method == "POST" and form.is_valid():
        try:
            grant_role(role=role, granted=form.granted(), by=member(request), at=clock.now())
        except LastAdministrator as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. It holds from everybody's next page on."))
            return redirect("administration:roles")
    return render(
        request, "administration/role.html", {"form": form, "role": role}, status=422 if form.is_bound else 200
    )
