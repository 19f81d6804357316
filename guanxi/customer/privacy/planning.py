"""What an erasure would do, before it is started: how much is held, what goes, and what stays on which ground."""

from dataclasses import dataclass

from guanxi.customer.models import Party
from guanxi.customer.privacy.erasers import Eraser, erasers
from guanxi.customer.privacy.holdings import holdings
from guanxi.customer.privacy.naming import names_of_things
from guanxi.customer.privacy.subject import subject_of
from guanxi.customer.privacy.wording import in_words
from guanxi.foundation.history import store
from guanxi.foundation.history.datasets import all_declared


@dataclass(frozen=True)
class Held:
    """So many rows of one kind."""

    label: str
    rows: int


@dataclass(frozen=True)
class Plan:
    """Rows of the record, facts of the history, and the other stores that will be gone through; `staying` are names
    that will stand where they stand, because a tag, segment or the like is called the same."""

    record: list[Held]
    facts: list[Held]
    others: list[Eraser]
    staying: list[str]


def plan_of(party: Party) -> Plan:
    """What is held about the customer now; counting only."""
    subject = subject_of(party.pk)
    rows = holdings(subject).rows
    record = [Held(in_words(model._meta.label), len(keys)) for model, keys in rows.items() if keys]
    facts = [
        Held(in_words(each.name), store().facts_of(each.name, subject.identities).num_rows)
        for each in all_declared()
        if subject.identities
    ]
    return Plan(
        sorted(record, key=lambda each: (-each.rows, each.label)), facts, erasers(), names_of_things(subject.names)
    )
