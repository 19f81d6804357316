"""Everything that happened with a customer, in one stream: typed, append-only, read by all and written by `record`."""

from guanxi.customer.timeline.belongings import AssetAdded, AssetServiced, LevelSet
from guanxi.customer.timeline.engagement import (
    FileAdded,
    MeetingHeld,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseWithdrawn,
    TaskDone,
    TaskSet,
)
from guanxi.customer.timeline.kinds import (
    Happening,
    UnknownKind,
    WrongShape,
    event_kind,
    kind_of,
    read_facts,
    touching_kinds,
)
from guanxi.customer.timeline.own import (
    CallLogged,
    ConsentRecorded,
    Created,
    FieldCorrected,
    NoteWritten,
    OwnerChanged,
    Tagged,
)
from guanxi.customer.timeline.reading import pinned_events, timeline_of
from guanxi.customer.timeline.writing import EVENT_COLUMNS, Occurrence, event_of, listen, record, record_all

__all__ = [
    "EVENT_COLUMNS",
    "AssetAdded",
    "AssetServiced",
    "CallLogged",
    "ConsentRecorded",
    "Created",
    "FieldCorrected",
    "FileAdded",
    "Happening",
    "LevelSet",
    "MeetingHeld",
    "NoteWritten",
    "Occurrence",
    "OwnerChanged",
    "PromiseBroken",
    "PromiseKept",
    "PromiseMade",
    "PromiseWithdrawn",
    "Tagged",
    "TaskDone",
    "TaskSet",
    "UnknownKind",
    "WrongShape",
    "event_kind",
    "event_of",
    "kind_of",
    "listen",
    "pinned_events",
    "read_facts",
    "record",
    "record_all",
    "timeline_of",
    "touching_kinds",
]
