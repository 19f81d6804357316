"""Everything that happened with a customer, in one stream: typed, append-only, read by all and written by `record`."""

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
from guanxi.customer.timeline.reading import timeline_of
from guanxi.customer.timeline.writing import Occurrence, listen, record, record_all

__all__ = [
    "CallLogged",
    "ConsentRecorded",
    "Created",
    "FieldCorrected",
    "Happening",
    "NoteWritten",
    "Occurrence",
    "OwnerChanged",
    "Tagged",
    "UnknownKind",
    "WrongShape",
    "event_kind",
    "kind_of",
    "listen",
    "read_facts",
    "record",
    "record_all",
    "timeline_of",
    "touching_kinds",
]
