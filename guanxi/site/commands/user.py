import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from guanxi.foundation.access.actions import place_member
from guanxi.foundation.access.models import Role
from guanxi.foundation.accounts.actions import set_password
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.foundation.errors import UserError
from guanxi.site.opening import company
from guanxi.site.roles import ensure_starting_roles

PASSWORD = click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="GUANXI_PASSWORD",
    help="Asked for when it is not given; GUANXI_PASSWORD keeps it out of the list of processes.",
)


@click.group()
def command() -> None:
    """Colleagues and their log-ins, for whoever runs the machine; everybody else uses the pages."""


@command.command()
@click.argument("email")
@click.option("--name", required=True, help="As colleagues call them.")
@click.option("--role", default="administrator", show_default=True, help="A role's key, such as representative.")
@PASSWORD
def create(email: str, name: str, role: str, password: str) -> None:
    """Make a log-in for EMAIL."""
    with company():
        ensure_starting_roles()
        require_acceptable(email, password)
        if User.objects.filter(email=email.lower()).exists():
            raise UserError(f"{email} has a log-in already. `guanxi user password {email}` sets a new password.")
        user = User(email=email.lower(), name=name, role=role_called(role))
        with transaction.atomic():
            place_member(member=user, by=None, at=now())
            set_password(user=user, password=password, by=None, at=now())
        click.echo(f"{user.email} can log in.")


@command.command()
@click.argument("email")
@PASSWORD
def password(email: str, password: str) -> None:
    """Set a new password for EMAIL; their open sessions end."""
    with company():
        require_acceptable(email, password)
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise UserError(f"Nobody here has the e-mail address {email}. Nothing was changed.")
        set_password(user=user, password=password, by=None, at=now())
        click.echo(f"{user.email} has a new password.")


def require_acceptable(email: str, password: str) -> None:
    """Refuse what the pages would refuse."""
    try:
        validate_email(email)
        validate_password(password, User(email=email))
    except ValidationError as problem:
        raise UserError(" ".join(problem.messages) + " Nothing was changed.") from problem


def role_called(key: str) -> Role:
    role = Role.objects.filter(key=key).first()
    if role is None:
        known = ", ".join(Role.objects.order_by("key").values_list("key", flat=True))
        raise UserError(f"There is no role “{key}”. There are: {known}.")
    return role
