"""The counts of an import, put into words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.outcomes import Counts
from guanxi.integration.transfer.reasons import NOTES, RESULTS, sentence

TONES = {"added": "good", "created": "good", "updated": "info", "rejected": "bad"}
EXTRA: Mapping[str, Promise] = {
    "customers_made": _("customers made of nothing but their number, as no source has told of them")
}


@dataclass(frozen=True)
class Line:
    """A count with what it counts; `tone` as of the chips."""

    label: Promise | str
    rows: int
    tone: str = ""


def results(counts: Counts) -> list[Line]:
    """How many rows had each outcome, in the order in which they are of interest."""
    return [Line(label, counts[key], TONES.get(key, "")) for key, label in RESULTS.items() if counts.get(key)]


def notes(counts: Counts) -> list[Line]:
    """What was special about rows that came in."""
    noted = [Line(label, counts[f"note:{key}"]) for key, label in NOTES.items() if counts.get(f"note:{key}")]
    return noted + [Line(label, counts[key]) for key, label in EXTRA.items() if counts.get(key)]


def rejections(counts: Counts) -> list[Line]:
    """Why rows were rejected, the most frequent reason first."""
    found = {key.removeprefix("reason:"): rows for key, rows in counts.items() if key.startswith("reason:")}
    return [Line(sentence(key), rows, "bad") for key, rows in sorted(found.items(), key=lambda pair: -pair[1])]
