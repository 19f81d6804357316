"""Every verb a role can be granted, with the words an administrator reads. Apps declare theirs when they start."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_labels: dict[str, str | Promise] = {}
_reaches: dict[str, bool] = {}


def declare(verb: str, label: str | Promise, *, reaches: bool = False) -> None:
    """Make `verb` grantable; one that `reaches` is about customers and can be granted for some of them only.

    Declaring it twice keeps the latest label.
    """
    _labels[verb] = label
    _reaches[verb] = reaches


def reaches(verb: str) -> bool:
    """Whether this verb can be granted for own or the team's customers only."""
    return _reaches.get(verb, False)


def declared() -> list[tuple[str, str | Promise]]:
    """All verbs in alphabetical order, so that those of one noun stand together."""
    return sorted(_labels.items())


declare("audit.read", _("Read the audit trail"))
declare("settings.write", _("Change the company's settings, people and roles"))
declare("product.read", _("See products and prices"))
