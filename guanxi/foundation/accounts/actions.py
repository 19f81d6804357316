"""What a colleague does with their own account."""

from datetime import datetime, timedelta

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from guanxi.foundation.accounts.jobs import mail_reset_link
from guanxi.foundation.accounts.models import Attempt, ResetRequest, User
from guanxi.foundation.accounts.queries import asks_too_often, has_tried_too_often
from guanxi.foundation.audit.actions import record

ATTEMPTS_KEPT = timedelta(days=30)


class LogInRefused(Exception):
    """The log-in was refused; the message is for the person who tried."""


def log_in(*, request: HttpRequest, email: str, password: str, at: datetime) -> User:
    """Open a session, or refuse in one sentence that does not tell whether the account exists."""
    address = request.META.get("REMOTE_ADDR", "")
    attempt = Attempt.objects.create(email=email.lower(), address=address, at=at, succeeded=False)
    if has_tried_too_often(email=email, address=address, at=at):
        attempt.delete()  # it tried no password; counted, it would help to lock the owner out
        raise LogInRefused(_("There were too many attempts. Wait 15 minutes, or reset your password."))
    user = auth.authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        raise LogInRefused(_("This e-mail address and password do not belong together. Check both and try again."))
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])
    Attempt.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()
    auth.login(request, user)
    return user


@transaction.atomic
def change_profile(*, user: User, name: str, language: str, timezone: str, theme: str) -> User:
    """Store how the colleague is called and how they read."""
    user.name, user.language, user.timezone, user.theme = name, language, timezone, theme
    user.save(update_fields=["name", "language", "timezone", "theme"])
    return user


def choose_language(*, user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


def choose_theme(*, user: User, theme: str) -> None:
    user.theme = theme
    user.save(update_fields=["theme"])


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None, at: datetime) -> None:
    """Store a new password; every other session of the colleague ends with the old one.

    by: None stands for whoever runs the machine.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    record(verb="account.password_changed", by=by, at=at, subject=f"user:{user.pk}")


@transaction.atomic
def ask_for_reset(*, email: str, address: str, at: datetime) -> None:
    """Have a link mailed that sets a new password once. Nobody is told whether the address is known.

    The mail is left to a worker, so the answer takes as long for a known address as for an unknown one.
    """
    email = email.strip().lower()
    if asks_too_often(email=email, address=address, at=at):
        return
    ResetRequest.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()
    ResetRequest.objects.create(email=email, address=address, at=at)
    mail_reset_link.later(email=email)
