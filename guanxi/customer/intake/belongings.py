"""What hangs on a source record besides its fields: identifiers, roles, tags, answers to offers, notes.

Pure: a saying heard today, and all sayings of a record heard again without one of them, change it by the same rule.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.customer.intake.reading import Read

IDENTIFIER, ROLE, TAG, ANSWER, NOTE = "identifier", "role", "tag", "answer", "note"

ON_TIMELINE = frozenset({ANSWER, NOTE})

Key = tuple[str, str]  # what it is, and what tells it from others of its sort
Belonging = dict[str, Any]  # a row, with its id once it is stored
Held = dict[Key, Belonging]


@dataclass(frozen=True)
class Change:
    """What a saying adds, and what it displaces: identifiers it no longer names, and answers it replaces."""

    added: Held = field(default_factory=dict)
    displaced: Held = field(default_factory=dict)

    @property
    def tells(self) -> bool:
        """Whether it wrote something on the timeline."""
        return not ON_TIMELINE.isdisjoint([sort for sort, _ in self.added])


def brought_by(read: Read) -> Held:
    """All that one row brings."""
    said, since = read.incoming, read.as_of
    held: Held = {
        (IDENTIFIER, f"{each.kind}:{each.value}"): {"kind": each.kind, "value": each.value, "raw": each.raw}
        for each in read.pointers
    }
    held |= {(ROLE, role): {"role": role, "since": since.date().isoformat()} for role in said.roles}
    held |= {(TAG, name): {"name": name} for name in said.tags}
    for channel, answer in said.offers.items():
        held[ANSWER, channel] = {
            "channel": channel,
            "is_given": answer,
            "proof": said.proof,
            "at": since.isoformat(),
        }
    if said.note:
        held[NOTE, said.note] = {"text": said.note, "at": since.isoformat()}
    return held


def change(held: Mapping[Key, Belonging], brought: Mapping[Key, Belonging], *, is_newer: bool) -> Change:
    """What becomes of what a record holds. Identifiers follow the words that count; the rest only grows."""
    if not held and is_newer:
        return Change(dict(brought))
    added = {
        key: row
        for key, row in brought.items()
        if (is_newer or key[0] != IDENTIFIER) and (key not in held or _answers_otherwise(key, held[key], row))
    }
    displaced = {key: held[key] for key in added if key in held}
    if is_newer:
        displaced |= {key: row for key, row in held.items() if key[0] == IDENTIFIER and key not in brought}
    return Change(added, displaced)


def changed(held: Mapping[Key, Belonging], by: Change) -> Held:
    """What is held after a change."""
    if not held:
        return dict(by.added)
    return {key: row for key, row in held.items() if key not in by.displaced} | by.added


def _answers_otherwise(key: Key, held: Belonging, said: Belonging) -> bool:
    return key[0] == ANSWER and bool(held["is_given"]) != bool(said["is_given"])


def written(held: Mapping[Key, Belonging]) -> list[list[Any]]:
    """As JSON: [[sort, name, row], …]."""
    return [[*key, row] for key, row in held.items()]


def read_back(rows: Iterable[list[Any]]) -> Held:
    return {(sort, name): row for sort, name, row in rows}


def digest(payload: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """By which the same words are known again."""
    words = json.dumps([payload, fields], sort_keys=True, ensure_ascii=False)
    return hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()
