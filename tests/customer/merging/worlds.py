"""A small world of customers for random histories: what is done to it, and everything that it holds, in comparable form.

Parties go by the number of their first row, so that two worlds with other ids can be compared; the moments and words of
each step are its own. What a merge itself leaves behind (its rows, its events, the audit) is no part of the dump.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.forms.models import model_to_dict

from guanxi.customer.actions import correct_field, record_consent, tag, write_note
from guanxi.customer.actions.own_records import own_records
from guanxi.customer.merging import merge_parties, undo_merge
from guanxi.customer.merging.links import links
from guanxi.customer.models import Event, Merge, Party, Relationship, Source, SourceRecord, Tag
from guanxi.foundation.accounts.models import User
from tests.customer.incoming import bring, row
from tests.world import NOW

Names = Mapping[type[Model], Mapping[int, str]]
MINUTE = timedelta(minutes=1)
ASTRAY = """
    SELECT '{table}', about.id FROM {table} AS about
      JOIN customer_sourcerecord AS record ON record.id = about.{record} WHERE about.{party} <> record.party_id
"""
OWN_TRACES = ("customer.merged", "customer.merge_undone")
NOT_COMPARED = {"id", "recorded_at"}  # ids differ between worlds, and the clock on the wall goes on


@dataclass
class World:
    """Parties 0 … n−1, each from the till; `absorbed_by` is this file's own idea of who stands where."""

    by: User
    size: int
    merging: bool = True
    parties: list[Party] = field(default_factory=list)
    absorbed_by: dict[int, tuple[int, Merge | None]] = field(default_factory=dict)
    step: int = 0

    def begin(self) -> "World":
        rows = [
            row(f"P{n}", name=f"Party {n}", city=f"City {n % 3}", phone=f"+4420794600{n:02d}") for n in range(self.size)
        ]
        self.parties = [Party.objects.get(pk=outcome.party) for outcome in bring(*rows)]
        return self

    @property
    def at(self) -> datetime:
        return NOW + self.step * MINUTE

    def root(self, n: int) -> int:
        while n in self.absorbed_by:
            n = self.absorbed_by[n][0]
        return n

    def living(self, n: int) -> Party:
        """Whom a colleague sees on the page of this customer; without merging, the same party on its own."""
        return Party.objects.get(pk=self.parties[self.root(n)].pk)

    def do(self, verb: str, one: int, other: int) -> None:
        self.step += 1
        getattr(self, verb)(one, other)
        if self.merging:
            self.check_whose_everything_is()

    def check_whose_everything_is(self) -> None:
        """Each record is with whom this file believes it to be, each row with its record, and nobody else lives."""
        holders = {each.pk: self.parties[self.root(n)].pk for n, each in enumerate(self.parties)}
        for home, party in SourceRecord.objects.values_list("home", "party"):
            assert party == holders.get(home, home)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(ASTRAY.format(**asdict(link)) for link in links()))
            assert cursor.fetchall() == []
        absorbed = dict(Party.ever.exclude(merged_into=None).values_list("pk", "merged_into"))
        assert absorbed == {party: holder for party, holder in holders.items() if party != holder}

    def merge(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        if one == other:
            return
        merge = None
        if self.merging:
            merge = merge_parties(absorbed=self.living(one), survivor=self.living(other), by=self.by, at=self.at)
        self.absorbed_by[one] = (other, merge)

    def undo(self, one: int, _other: int) -> None:
        if one in self.absorbed_by:
            merge = self.absorbed_by.pop(one)[1]
            if merge is not None:
                undo_merge(merge=merge, by=self.by, at=self.at)

    def undo_all(self) -> None:
        for one in list(self.absorbed_by):
            self.step += 1
            self.undo(one, one)

    def source(self, one: int, other: int) -> None:
        """The shop tells of somebody new, or newer words about somebody whom it knows."""
        bring(
            row(f"S{one}", as_of=self.at, name=f"Shop {one} {self.step}", email=f"s{other}@example.com"), source="shop"
        )

    def update(self, one: int, other: int) -> None:
        bring(row(f"P{one}", as_of=self.at, name=f"Party {one}", city=f"Town {other} {self.step}"))

    def note(self, one: int, _other: int) -> None:
        write_note(party=self.living(one), text=f"Note {self.step}", by=self.by, at=self.at)

    def tag(self, one: int, _other: int) -> None:
        tag(parties=[self.living(one).pk], name=f"tag {self.step}", by=self.by, at=self.at)

    def consent(self, one: int, other: int) -> None:
        record_consent(
            party=self.living(one), purpose="offers", channel="mail", is_given=other % 2 == 0, at=self.at, by=self.by,
            proof=f"call {self.step}",
        )  # fmt: skip

    def correct(self, one: int, _other: int) -> None:
        correct_field(party=self.living(one), field="street", text=f"{self.step} Lane", by=self.by, at=self.at)

    def relate(self, one: int, other: int) -> None:
        here, there = self.living(one), self.living(other)
        if self.root(one) == self.root(other):
            return
        records = own_records(parties=[here.pk, there.pk], at=self.at)
        Relationship.objects.create(
            source_record_id=records[here.pk], party=here, other_record_id=records[there.pk], other=there,
            kind="referred_by", since=(NOW + self.step * timedelta(days=1)).date(), title=f"step {self.step}",
        )  # fmt: skip


VERBS = ("merge", "undo", "source", "update", "note", "tag", "consent", "correct", "relate")
Step = tuple[str, int, int]


def lived(by: User, size: int, steps: Sequence[Step], *, merging: bool) -> World:
    """A world in which these steps were taken, and every merge undone at the end."""
    world = World(by, size, merging=merging).begin()
    for step in steps:
        world.do(*step)
    world.undo_all()
    return world


@contextmanager
def passing() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def dump() -> dict[str, list[Any]]:
    """Every party, every source record and every row about a customer, in all columns, the ids replaced by names."""
    names = _names()
    held = {"parties": [_named(each, names) for each in Party.ever.all()]}
    tables = {model._meta.db_table: model for model in apps.get_models()}
    for model in {tables[link.table] for link in links()} | {SourceRecord}:
        rows = [_named(each, names) for each in model._default_manager.all() if not _is_trace(each)]
        held[model._meta.db_table] = sorted(rows, key=repr)
    held["parties"].sort(key=repr)
    return held


def _names() -> Names:
    homes: dict[int, str] = {}
    records: dict[int, str] = {}
    for record in SourceRecord.objects.select_related("source").order_by("pk"):
        homes.setdefault(record.home_id, record.external_id)
    for record in SourceRecord.objects.select_related("source"):
        said = homes[record.home_id] if record.source.key == "guanxi" else record.external_id
        records[record.pk] = f"{record.source.key}:{said}"
    sources, tags = (dict(model.objects.values_list("pk", name)) for model, name in ((Source, "key"), (Tag, "name")))
    return {Party: homes, SourceRecord: records, Source: sources, Tag: tags}


def _named(each: Any, names: Names) -> dict[str, Any]:
    compared = [field for field in each._meta.concrete_fields if field.name not in NOT_COMPARED]
    said = {field.name: _value(field, field.value_from_object(each), names) for field in compared}
    return _settled(each, said, names)


def _value(column: Any, value: Any, names: Names) -> Any:
    """A row of another table by what it is called there; of a table without names, only whether there is one."""
    to = column.related_model
    if to is None or to is User:
        return value
    return names[to].get(value) if to in names else value is not None


def _settled(each: Any, said: dict[str, Any], names: Names) -> dict[str, Any]:
    """Ids inside of JSON and text by name too; what a correction replaced depends on what was seen that day."""
    if isinstance(each, Party):
        said["provenance"] = {
            key: [names[SourceRecord][record], since] for key, (record, since) in each.provenance.items()
        }
    if isinstance(each, SourceRecord):
        said["external_id"] = names[SourceRecord][each.pk]
    if isinstance(each, Event) and each.kind == "customer.field_corrected":
        said["facts"] = {key: value for key, value in each.facts.items() if key != "before"}
    return said


def _is_trace(each: Any) -> bool:
    return isinstance(each, Event) and each.kind in OWN_TRACES


def standing() -> dict[str, Any]:
    """What follows from the merges that stand: who lives, as what, and whose every row is; ids as they are."""
    living = {each.pk: model_row(each) for each in Party.objects.all()}
    tables = {model._meta.db_table: model for model in apps.get_models()}
    rows = {
        f"{link.table}.{link.party}": sorted(
            (row.pk, getattr(row, link.party))
            for row in tables[link.table]._default_manager.all()
            if not _is_trace(row)
        )
        for link in links()
    }
    absorbed = dict(Party.ever.exclude(merged_into=None).values_list("pk", "merged_into"))
    return {
        "living": living,
        "rows": rows,
        "absorbed": absorbed,
        "records": sorted(SourceRecord.objects.values_list("pk", "party")),
    }


def model_row(party: Party) -> dict[str, Any]:
    return model_to_dict(party) | {"touched_at": party.touched_at, "search": party.search}
