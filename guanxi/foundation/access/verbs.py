"""Every verb a role can be granted, with the words an administrator reads. Apps declare theirs when they start."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_labels: dict[str, str | Promise] = {}


def declare(verb: str, label: str | Promise) -> None:
    """Make `verb` grantable. Declaring it twice keeps the latest label."""
    _labels[verb] = label


def declared() -> list[tuple[str, str | Promise]]:
    """All verbs in alphabetical order, so that those of one noun stand together."""
    return sorted(_labels.items())


declare("audit.read", _("Read the audit trail"))
declare("settings.write", _("Change the company's settings, people and roles"))
declare("product.read", _("See products and prices"))
