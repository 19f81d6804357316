"""Published sets of records of which it is known who is who, and the measures by which answers are judged."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guanxi.analytical.identity.records import SCHEMA
from guanxi.analytical.identity.resolution import Resolution
from guanxi.customer.matching.columns import (
    Columns,
    company_columns,
    name_columns,
    person_columns,
    place_columns,
    pointer_columns,
)
from guanxi.customer.normal import plain_day, plain_email, plain_phone
from guanxi.customer.normal.persons import named_in_parts
from tests.truths.conftest import CARRIED, beside

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Set:
    """Records as published, as columns that are compared, and the customer of each."""

    rows: Rows
    table: pa.Table
    truth: np.ndarray


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.4f} {self.recall:.4f} {self.f1:.4f}"


def pairwise(pairs: Iterable[tuple[int, int]], truth: np.ndarray) -> Score:
    """Of the pairs said to be one, how many are; of those that are, how many were said."""
    said = list(pairs)
    right = sum(truth[one] == truth[other] for one, other in said)
    return Score(right / max(len(said), 1), right / _pairs_within(truth.tolist()))


def clustered(clusters: dict[int, int], truth: np.ndarray) -> Score:
    """The same over all pairs that follow from the clusters."""
    labels = [clusters.get(record, record) for record in range(len(truth))]
    right = _pairs_within(zip(labels, truth.tolist(), strict=True))
    return Score(right / max(_pairs_within(labels), 1), right / _pairs_within(truth.tolist()))


def judged(found: Resolution, truth: np.ndarray) -> tuple[Score, Score]:
    """Pairwise and clustered."""
    return pairwise(((pair.left, pair.right) for pair in found.pairs), truth), clustered(found.clusters, truth)


def _pairs_within(labels: Iterable[object]) -> int:
    return sum(many * (many - 1) // 2 for many in Counter(labels).values())


def febrl(number: int) -> Set:
    """FEBRL 1–3 hold their duplicates in one file; 4 is two files of the same 5,000 people."""
    if number < 3:
        rows = pq.read_table(CARRIED / "febrl" / f"dataset{number}.parquet").to_pylist()
    else:
        names = ["4a", "4b"] if number == 4 else [str(number)]
        rows = [row for name in names for row in beside(f"febrl/dataset{name}.parquet").to_pylist()]
    return _set(rows, _febrl, [re.search(r"\d+", row["rec_id"])[0] for row in rows])


def historical() -> Set:
    """50,578 corrupted records of 5,156 people of the past (MIT, by the makers of Splink)."""
    rows = beside("splink_historical_50k/historical_50k.parquet").to_pylist()
    return _set(rows, _historical, [row["cluster"] for row in rows])


def chinese() -> Set:
    """4,801 records of 3,000 invented Chinese contacts."""
    rows = pq.read_table(CARRIED / "cn_identity" / "records.parquet").to_pylist()
    known = pq.read_table(CARRIED / "cn_identity" / "truth.parquet").to_pylist()
    people = {row["record_id"]: row["person_id"] for row in known}
    return _set(rows, _chinese, [people[row["record_id"]] for row in rows])


def fake() -> Set:
    """1,000 invented records of 251 people (MIT, by the makers of Splink)."""
    rows = beside("splink_fake_1000/fake_1000.parquet").to_pylist()
    return _set(rows, _fake, [row["cluster"] for row in rows])


SETS: dict[str, Callable[[], Set]] = {
    "FEBRL 1": lambda: febrl(1),
    "FEBRL 2": lambda: febrl(2),
    "FEBRL 3": lambda: febrl(3),
    "FEBRL 4": lambda: febrl(4),
    "historical persons": historical,
    "Chinese contacts": chinese,
    "fake 1000": fake,
}


def _set(rows: Rows, columns: Callable[[dict[str, Any]], Columns], truth: list[Any]) -> Set:
    filled = [{key: value for key, value in row.items() if value is not None} for row in rows]
    table = pa.Table.from_pylist([{"id": place, **columns(row)} for place, row in enumerate(filled)], SCHEMA)
    return Set(filled, table, np.unique(truth, return_inverse=True)[1])


def _febrl(row: dict[str, str]) -> Columns:
    day = row.get("date_of_birth", "")
    street, city = row.get("address_1", ""), row.get("suburb", "")
    return {
        **name_columns(named_in_parts(row.get("given_name", ""), row.get("surname", ""))),
        **place_columns({"street": street, "city": city, "postcode": row.get("postcode", "")}),
        "house": row.get("street_number"),
        "region": row.get("state"),
        "born": f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else None,
        "codes": [row["soc_sec_id"]] if "soc_sec_id" in row else [],
    }


def _historical(row: dict[str, str]) -> Columns:
    return {
        **person_columns(row.get("full_name", "")),
        **place_columns({"city": row.get("birth_place", ""), "postcode": row.get("postcode_fake", "")}),
        "born": row.get("dob"),
        "gender": row.get("gender"),
        "occupation": row.get("occupation"),
    }


def _chinese(row: dict[str, str]) -> Columns:
    pointers = {
        "phone": plain_phone(row.get("mobile", ""), "CN"),
        "email": plain_email(row.get("email", "")),
        "wecom": row.get("wechat", ""),
    }
    return {
        **person_columns(row.get("name", "")),
        **company_columns(row.get("company", "")),
        **place_columns({"city": row.get("city", "")}),
        **pointer_columns((kind, value) for kind, value in pointers.items() if value),
    }


def _fake(row: dict[str, str]) -> Columns:
    email = plain_email(row.get("email", ""))
    return {
        **name_columns(named_in_parts(row.get("first_name", ""), row.get("surname", ""))),
        **place_columns({"city": row.get("city", "")}),
        **pointer_columns([("email", email)] if email else []),
        "born": plain_day(row["dob"]) or None,
    }
