"""The colleague's own account: in, out, who they are, how they read."""

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from guanxi.foundation.access.doors import member
from guanxi.foundation.accounts import actions
from guanxi.foundation.accounts.models import User
from guanxi.foundation.entrance.forms import LogInForm, NewPasswordForm, PasswordForm, ProfileForm, ResetForm
from guanxi.foundation.entrance.links import safe_next, user_of_link
from guanxi.foundation.ui.theme import THEME_COOKIE

A_YEAR = 365 * 24 * 3600


@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.log_in(request=request, **form.cleaned_data, at=timezone.now())
        except actions.LogInRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(safe_next(request))
    status = 422 if form.errors else 200
    return render(request, "entrance/login.html", {"form": form, "next": safe_next(request)}, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    messages.success(request, _("You are logged out."))
    return redirect("entrance:login")


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = member(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("entrance:profile")
    return render(request, "entrance/profile.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("present", "password")
@login_required
def password(request: HttpRequest) -> HttpResponse:
    user = member(request)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.set_password(user=user, password=form.cleaned_data["password"], by=user, at=timezone.now())
        auth.update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. Wherever else you were logged in, you no longer are."))
        return redirect("entrance:profile")
    return render(request, "entrance/password.html", {"form": form}, status=422 if form.errors else 200)


def reset(request: HttpRequest) -> HttpResponse:
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        actions.ask_for_reset(email=form.cleaned_data["email"], address=address, at=timezone.now())
        return render(request, "entrance/reset_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "entrance/reset.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
def new_password(request: HttpRequest, who: str, token: str) -> HttpResponse:
    user = user_of_link(who)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "entrance/reset_expired.html", status=410)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.set_password(user=user, password=form.cleaned_data["password"], by=user, at=timezone.now())
        messages.success(request, _("Your new password is set. Log in with it."))
        return redirect("entrance:login")
    return render(request, "entrance/new_password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language on the account, and in a cookie for the time before log-in."""
    asked = request.POST.get("language", "")
    answer = redirect(safe_next(request))
    if asked in User.Language.values:
        if request.user.is_authenticated:
            actions.choose_language(user=member(request), language=asked)
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in the same two places."""
    asked = request.POST.get("theme", "")
    answer = redirect(safe_next(request))
    if asked in User.Theme.values:
        if request.user.is_authenticated:
            actions.choose_theme(user=member(request), theme=asked)
        answer.set_cookie(THEME_COOKIE, asked, max_age=A_YEAR, samesite="Lax", httponly=True)
    return answer
