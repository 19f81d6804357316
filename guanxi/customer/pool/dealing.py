"""A book dealt out to several colleagues."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import heapify, heapreplace
from itertools import cycle

from guanxi.customer.models import Handover

Way = Handover.Way


def deal(
    book: Sequence[tuple[int, int | None]],
    receivers: Sequence[int],
    way: str,
    *,
    loads: Mapping[int, int],
    worked: Mapping[int, AbstractSet[int]],
) -> dict[int, int]:
    """Who gets which customer: {party: receiver}. The same book is always dealt the same way.

    book: (party, its territory or None), in the order in which they are dealt; receivers: at least one, each once;
    loads: how many customers each has already; worked: the territories each works.
    """
    if way == Way.LOAD:
        return _by_load([party for party, _territory in book], receivers, loads)
    if way == Way.TERRITORY:
        return _by_territory(book, receivers, worked)
    return dict(zip((party for party, _territory in book), cycle(receivers), strict=False))


def _by_load(book: Sequence[int], receivers: Sequence[int], loads: Mapping[int, int]) -> dict[int, int]:
    heap = [(loads.get(receiver, 0), place, receiver) for place, receiver in enumerate(receivers)]
    heapify(heap)
    dealt = {}
    for party in book:
        load, place, receiver = heap[0]
        dealt[party] = receiver
        heapreplace(heap, (load + 1, place, receiver))
    return dealt


def _by_territory(
    book: Sequence[tuple[int, int | None]], receivers: Sequence[int], worked: Mapping[int, AbstractSet[int]]
) -> dict[int, int]:
    turns: dict[tuple[int, ...], cycle[int]] = {}
    dealt = {}
    for party, territory in book:
        local = tuple(each for each in receivers if territory in worked.get(each, ())) or tuple(receivers)
        dealt[party] = next(turns.setdefault(local, cycle(local)))
    return dealt
