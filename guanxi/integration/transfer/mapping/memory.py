"""Mappings that people have confirmed, kept for the next file with the same column names."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from guanxi.foundation.accounts.models import User
from guanxi.integration.transfer.fields.words import folded
from guanxi.integration.transfer.models import Import, RememberedMapping
from guanxi.integration.transfer.reasons import is_why


def signature(header: Sequence[str]) -> str:
    """The same for files whose columns have the same names in the same order, and for their rejected rows."""
    own = header[:-1] if header and is_why(header[-1]) else header
    return hashlib.sha256(json.dumps([folded(name) for name in own]).encode()).hexdigest()


def remember(import_: Import, *, at: datetime, by: User | None) -> None:
    """Keep how this import was mapped."""
    RememberedMapping.objects.update_or_create(
        source_key=import_.source_key,
        signature=signature(import_.header),
        defaults={"kind": import_.kind, "mapping": import_.mapping, "choices": import_.choices, "at": at, "by": by},
    )


def remembered(header: Sequence[str], source: str = "") -> RememberedMapping | None:
    """The latest mapping of such a file, from this source if one is given."""
    found = RememberedMapping.objects.filter(signature=signature(header)).order_by("-at")
    return (found.filter(source_key=source) if source else found).first()
