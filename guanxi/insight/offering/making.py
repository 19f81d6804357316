"""The lists of all customers with their reasons, a block of customers at a time: memory does not grow with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _
from numpy.typing import NDArray

from guanxi.analytical.arrays import Array, Integers
from guanxi.analytical.basket import (
    Among,
    Interactions,
    Ranking,
    Reasons,
    Recommender,
    associations,
    item_counts,
    offer_kinds,
    recommend,
)
from guanxi.analytical.basket.offers import NONE
from guanxi.foundation.files import completed
from guanxi.insight.engines import Piece
from guanxi.insight.models import Offer
from guanxi.insight.offering.judging import EVER, Judged, on_sale, sample_step
from guanxi.insight.offering.kinds import alike
from guanxi.insight.offering.methods import DISCOVERING, DISCOVERY, HALF_LIFE, RECENT, REPEAT, REPEATING, interactions
from guanxi.insight.offering.purchases import sold_between
from guanxi.insight.offering.shelf import Shelf
from guanxi.insight.refresh.work import Work

MOST = 5  # offers of each question for one customer
BLOCK = 50_000  # customers
HEAD = 3_000  # of the most bought articles each pair has a place in a square: 36 MB
HABIT = 3  # days of purchase, before a usual gap is spoken of
SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("party_id", pa.int64()),
        ("kind", pa.string()),
        ("rank", pa.int64()),
        ("article_id", pa.int64()),
        ("because_id", pa.int64()),
        ("confidence", pa.float64()),
        ("others", pa.float64()),
        ("lift", pa.float64()),
        ("days", pa.int64()),
        ("last_on", pa.date32()),
        ("every_days", pa.float64()),
    ]
)
Columns = dict[str, Any]


@dataclass(frozen=True)
class Maker:
    """What the lists of a block are made with; a question that nothing answers has no model."""

    methods: Mapping[str, str]  # question → method
    everybody: int  # customers
    buyers: Integers
    available: NDArray[np.bool_]
    models: Mapping[str, Recommender | None]
    reasons: Reasons
    kinds: NDArray[np.str_]  # of each rule

    @cached_property
    def items(self) -> Integers:
        return np.arange(len(self.buyers))

    def offers(self, pairs: pa.Table) -> Iterator[Columns]:
        """Of the customers of some pairs, which stand in order of party and item."""
        parties = np.unique(pairs["party"].to_numpy())
        if REPEAT in self.methods:
            yield self._repeats(pairs, interactions(pairs, parties, self.items))
        if DISCOVERY in self.methods:
            yield self._new(interactions(pairs, parties, self.items))

    def _repeats(self, pairs: pa.Table, bought: Interactions) -> Columns:
        ranking = self._list(REPEAT, bought, Among.BOUGHT)
        row, rank = np.nonzero(ranking.places >= 0)
        article = ranking.places[row, rank]
        size = len(self.buyers)
        keys = np.searchsorted(bought.parties, pairs["party"].to_numpy()) * size + pairs["item"].to_numpy()
        found = pairs.take(np.searchsorted(keys, row * size + article))
        days = found["days"].to_numpy()
        first, last = (found[name].cast(pa.int32()).to_numpy() for name in ("first", "last"))
        gaps = np.where(days >= HABIT, (last - first) / np.maximum(days - 1, 1), np.nan)
        return {
            "party_id": bought.parties[row],
            "kind": np.full(len(row), Offer.Kind.REPEAT.value),
            "rank": rank + 1,
            "article_id": article,
            "days": days,
            "last_on": found["last"],
            "every_days": gaps,
        }

    def _new(self, bought: Interactions) -> Columns:
        ranking = self._list(DISCOVERY, bought, Among.NEW)
        rules = self.reasons.behind(ranking, bought)
        row, rank = np.nonzero(ranking.places >= 0)
        article, rule = ranking.places[row, rank], rules[row, rank]
        told, found = rule != NONE, self.reasons.rules
        kind = np.full(len(row), Offer.Kind.DISCOVERY.value)
        kind[told] = self.kinds[rule[told]]
        others = self.buyers[article] / self.everybody
        others[told] = found.others[rule[told]]
        return {
            "party_id": bought.parties[row],
            "kind": kind,
            "rank": rank + 1,
            "article_id": article,
            "because_id": _known(found.item, rule, told),
            "confidence": _known(found.confidence, rule, told),
            "others": others,
            "lift": _known(found.lift, rule, told),
        }

    def _list(self, question: str, bought: Interactions, among: Among) -> Ranking:
        return recommend(self.models[question], bought, k=MOST, among=among, available=self.available)


def make_lists(work: Work, shelf: Shelf, judged: list[Judged]) -> int:
    """Writes `offers`; how many they are."""
    methods = {each.question: each.used for each in judged if each.used}
    if not methods:
        with completed(shelf.offers) as draft:
            pq.write_table(SCHEMA.empty_table(), draft)
        return 0
    with work.piece() as piece, completed(shelf.offers) as draft, pq.ParquetWriter(draft, SCHEMA) as file:
        parties = _pairs(piece, work, shelf, recent=methods.get(REPEAT) == RECENT)
        maker = _learnt(piece, work, shelf, methods, len(parties))
        made = 0
        for block in _blocks(piece, shelf, parties):
            for columns in maker.offers(block):
                count = len(columns["party_id"])
                file.write_table(_table({"id": np.arange(made, made + count)} | columns))
                made += count
        return made


def _pairs(piece: Piece, work: Work, shelf: Shelf, *, recent: bool) -> Integers:
    """Writes `pairs`: one row a party and article with its weight and its days; the parties."""
    bought = piece.kept(sold_between(piece, shelf, EVER, work.day))
    days = bought.group_by("party", "item").aggregate(days=_.count(), first=_.day.min(), last=_.day.max())
    weights = item_counts(bought, work.day, half_life=HALF_LIFE if recent else None)
    piece.write(days.join(weights, ["party", "item"]).order_by("party", "item"), shelf.pairs)
    parties = piece.answer(bought.select("party").distinct().order_by("party"))
    return np.asarray(parties["party"].to_numpy())


def _learnt(piece: Piece, work: Work, shelf: Shelf, methods: Mapping[str, str], customers: int) -> Maker:
    """The models that are used, from a sample of customers as they are now."""
    articles = pq.read_table(shelf.catalogue, columns=["number", "name", "price", "buyers"])
    items = articles["number"].to_numpy()
    some = piece.answer(piece.parquet(shelf.pairs).filter(_.party % sample_step(customers) == 0))
    known = interactions(some, np.unique(some["party"].to_numpy()), items)
    reasons = Reasons.of(associations(known.most_bought(HEAD)))
    fits = {REPEAT: REPEATING, DISCOVERY: DISCOVERING}
    rules, prices = reasons.rules, articles["price"].to_numpy()
    return Maker(
        methods=methods,
        everybody=customers,
        buyers=articles["buyers"].to_numpy(),
        available=on_sale(piece, shelf, work.day, items),
        models={question: fits[question][method](known) for question, method in methods.items()},
        reasons=reasons,
        kinds=offer_kinds(rules, alike(articles["name"].to_pylist(), rules.item, rules.other), prices),
    )


def _blocks(piece: Piece, shelf: Shelf, parties: Integers) -> Iterator[pa.Table]:
    pairs = piece.parquet(shelf.pairs)
    for start in range(0, len(parties), BLOCK):
        first, last = int(parties[start]), int(parties[min(start + BLOCK, len(parties)) - 1])
        yield piece.answer(pairs.filter(_.party.between(first, last)).order_by("party", "item"))


def _known(values: Array | Integers, rule: Integers, told: NDArray[np.bool_]) -> pa.Array:
    """Of the rules, where there is one."""
    return pa.array(values[rule], mask=~told)


def _table(columns: Columns) -> pa.Table:
    count = len(columns["party_id"])
    given = [
        pa.array(columns[field.name], type=field.type, from_pandas=True)
        if field.name in columns and not isinstance(columns[field.name], pa.Array | pa.ChunkedArray)
        else columns.get(field.name, pa.nulls(count, field.type))
        for field in SCHEMA
    ]
    return pa.table(given, schema=SCHEMA)
