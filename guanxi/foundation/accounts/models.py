"""Who works here: a colleague with a log-in, a language and a zone."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["User"]):
    """Colleagues by their e-mail, which is compared without case."""

    def create_user(self, *, email: str, password: str | None = None, **facts: object) -> "User":
        """Store a colleague; without a password the log-in stays closed until a reset."""
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A colleague. What they may do follows from their role; whose customers they see, from the role's reach."""

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        CHINESE = "zh-hans", "简体中文"

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)  # kept in lower case
    name = models.CharField(_("name"), max_length=120)
    role = models.ForeignKey("access.Role", models.PROTECT, null=True, related_name="members")
    team = models.ForeignKey("access.Team", models.SET_NULL, null=True, blank=True, related_name="members")
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.ENGLISH)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="email_in_lower_case")]

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """Somebody tried to log in as `email` from a network address."""

    email = models.EmailField(max_length=254)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()
    succeeded = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["email", "at"], name="attempt_by_account"),
            models.Index(fields=["address", "at"], name="attempt_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.email} at {self.at:%Y-%m-%d %H:%M}"


class ResetRequest(models.Model):
    """Somebody asked, from a network address, for a link that sets a new password."""

    email = models.EmailField(max_length=254)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.email} at {self.at:%Y-%m-%d %H:%M}"
