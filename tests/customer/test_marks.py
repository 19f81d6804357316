"""Anybody can write an address, so the mark in it can be anything."""

import base64
import json

import pytest

from guanxi.customer.listing.orders import ORDERS, read_mark
from guanxi.customer.queries.stream import read_place

ZONED, NAIVE = "2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00"


def mark_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


ODD = [
    "",
    "é",
    "x",
    "A" * 401,
    mark_of("[" * 250),
    mark_of("{}"),
    mark_of("null"),
    mark_of('[0, "a\\u0000", 1]'),
    mark_of('[0, "\\ud800", 1]'),
    mark_of("[0, NaN, 1]"),
    mark_of("[0, 1e999, 1]"),
    mark_of("[Infinity, 1, 1]"),
    mark_of(json.dumps([0, NAIVE, 1])),
    mark_of(f"[0, 1, {10**30}]"),
    mark_of("[0, [1], 1]"),
    mark_of('[9, "a", 1]'),
]


@pytest.mark.parametrize("sort", ["expected_value", "-last_order", "touched"])
@pytest.mark.parametrize("text", ODD)
def test_an_odd_mark_is_no_mark(text: str, sort: str) -> None:
    assert sort.removeprefix("-") in ORDERS
    assert read_mark(text, sort) is None


@pytest.mark.parametrize("text", [*ODD, mark_of(json.dumps([NAIVE, 1, ""])), mark_of(json.dumps([ZONED, 10**30, ""]))])
def test_an_odd_place_is_the_beginning(text: str) -> None:
    assert read_place(text) is None


def test_a_place_survives_the_address() -> None:
    place = read_place(mark_of(json.dumps([ZONED, 0, "A-1"])))
    assert place is not None
    assert read_place(place.written()) == place
