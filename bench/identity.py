"""Who is who: precision, recall and F1 beside exact match and Splink's own defaults; then the nightly comparison.

`python -m bench.identity` prints the table for every data set; `python -m bench.identity 100000` compares that many
generated customers, one in fifty told twice. Every figure comes from this run; no label is ever trained on.
"""

import logging
import os
import random
import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.site.settings")

import django

django.setup()

import duckdb  # noqa: E402 (the settings read the environment made above)
import pyarrow as pa  # noqa: E402
import splink.comparison_library as library  # noqa: E402
from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: E402

from bench.memory import peak  # noqa: E402
from guanxi.analytical.identity.records import SCHEMA  # noqa: E402
from guanxi.analytical.identity.resolution import resolve  # noqa: E402
from guanxi.customer.matching.columns import (  # noqa: E402
    company_columns,
    person_columns,
    place_columns,
    pointer_columns,
)
from guanxi.customer.normal import latin_spelling  # noqa: E402
from tests.truths.who_is_who import SETS, Score, Set, clustered, judged, pairwise  # noqa: E402

CLUSTER_FROM = 0.9
Answer = tuple[Score, Score]

# What a person would compare letter by letter.
EXACT = {
    "FEBRL": ("given_name", "surname", "date_of_birth"),
    "historical": ("full_name", "dob"),
    "Chinese": ("name", "mobile"),
    "fake": ("first_name", "surname", "dob"),
}


def main() -> None:
    if len(sys.argv) > 1:
        nightly(int(sys.argv[1]))
    else:
        table()


def table() -> None:
    logging.disable(logging.WARNING)
    print(f"{'':20} {'':16} {'pairs: P R F1':22} {'clusters: P R F1':22} seconds, CPU seconds")
    for name, load in SETS.items():
        people = load()
        for method, answer in (("exact match", exact), ("Splink defaults", plain_splink), ("Guanxi", ours)):
            began, work = time.perf_counter(), time.process_time()
            pairs, clusters = answer(name, people)
            spent = f"{time.perf_counter() - began:.0f}, {time.process_time() - work:.0f}"
            print(f"{name:20} {method:16} {pairs!s:22} {clusters!s:22} {spent}", flush=True)


def ours(_name: str, people: Set) -> Answer:
    return judged(resolve(people.table, seed=1), people.truth)


def exact(name: str, people: Set) -> Answer:
    groups = defaultdict(list)
    columns = next(columns for start, columns in EXACT.items() if name.startswith(start))
    for place, row in enumerate(people.rows):
        if all(row.get(column) for column in columns):
            groups[tuple(row[column] for column in columns)].append(place)
    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]
    clusters = {place: group[0] for group in groups.values() for place in group}
    return pairwise(pairs, people.truth), clustered(clusters, people.truth)


def plain_splink(name: str, people: Set) -> Answer:
    """The comparisons of Splink's library, two or three blocking rules, components from a probability of 0.9."""
    comparisons, rules, sessions = next(each for start, each in DEFAULTS.items() if name.startswith(start))
    rows = [{**blank(comparisons), **row, "unique_id": place} for place, row in enumerate(spelt(name, people))]
    connection = duckdb.connect()
    source = DuckDBAPI(connection=connection).register(pa.Table.from_pylist(rows))
    settings = SettingsCreator("dedupe_only", comparisons, [block_on(*rule) for rule in rules])
    linker = Linker(source, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on(*rules[0])], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for session in sessions:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*session))
    scored = linker.inference.predict(threshold_match_probability=0.5, warning_mode="never")
    groups = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, CLUSTER_FROM)
    pairs = connection.execute(f"SELECT unique_id_l, unique_id_r FROM {scored.physical_name}").fetchall()
    labels = connection.execute(f"SELECT unique_id, cluster_id FROM {groups.physical_name}").fetchall()
    names: dict[object, int] = {}
    clusters = {record: names.setdefault(label, record) for record, label in labels}
    return pairwise(pairs, people.truth), clustered(clusters, people.truth)


def spelt(name: str, people: Set) -> list[dict[str, object]]:
    """Published columns as they are; of the Chinese ones Splink gets phones, addresses and pinyin normalised."""
    if not name.startswith("Chinese"):
        return [{key: value for key, value in row.items() if key != "cluster"} for row in people.rows]
    columns = people.table.to_pylist()
    return [
        {
            "pinyin": " ".join(sorted([*row["family_keys"][:1], *row["given_keys"][:1]])) or None,
            "company": row["company"],
            "phone": (row["phones"] or [None])[0],
            "email": (row["emails"] or [None])[0],
            "wechat": (row["codes"] or [None])[0],
            "city": row["city"],
        }
        for row in columns
    ]


def blank(comparisons: list[object]) -> dict[str, None]:
    return dict.fromkeys(COLUMNS[id(comparisons)])


_FEBRL = [
    library.NameComparison("given_name"),
    library.NameComparison("surname"),
    library.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
    library.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
    library.ExactMatch("street_number").configure(term_frequency_adjustments=True),
    library.ExactMatch("postcode").configure(term_frequency_adjustments=True),
]
_HISTORICAL = [
    library.ForenameSurnameComparison("first_name", "surname"),
    library.DateOfBirthComparison("dob", input_is_string=True),
    library.PostcodeComparison("postcode_fake"),
    library.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
    library.ExactMatch("occupation").configure(term_frequency_adjustments=True),
]
_CHINESE = [
    library.JaroWinklerAtThresholds("pinyin", [0.92, 0.85]).configure(term_frequency_adjustments=True),
    library.JaroWinklerAtThresholds("company", [0.9, 0.8]).configure(term_frequency_adjustments=True),
    library.LevenshteinAtThresholds("phone", [1]),
    library.EmailComparison("email"),
    library.ExactMatch("wechat"),
    library.ExactMatch("city").configure(term_frequency_adjustments=True),
]
_FAKE = [
    library.NameComparison("first_name"),
    library.NameComparison("surname"),
    library.DateOfBirthComparison("dob", input_is_string=True),
    library.ExactMatch("city").configure(term_frequency_adjustments=True),
    library.EmailComparison("email"),
]
COLUMNS = {
    id(_FEBRL): "given_name surname date_of_birth soc_sec_id street_number postcode".split(),
    id(_HISTORICAL): "first_name surname dob postcode_fake birth_place occupation".split(),
    id(_CHINESE): "pinyin company phone email wechat city".split(),
    id(_FAKE): "first_name surname dob city email".split(),
}
# Comparisons, rules that give pairs, and rules of the training sessions; as in Splink's own examples for these data.
DEFAULTS = {
    "FEBRL": (
        _FEBRL,
        [("soc_sec_id",), ("given_name", "surname"), ("date_of_birth",), ("postcode", "street_number")],
        [("date_of_birth",), ("postcode",), ("soc_sec_id",)],
    ),
    "historical": (
        _HISTORICAL,
        [
            ("substr(first_name,1,3)", "substr(surname,1,4)"),
            ("surname", "dob"),
            ("first_name", "dob"),
            ("postcode_fake", "first_name"),
            ("postcode_fake", "surname"),
            ("dob", "birth_place"),
            ("substr(postcode_fake,1,3)", "dob"),
            ("substr(postcode_fake,1,3)", "first_name"),
            ("substr(postcode_fake,1,3)", "surname"),
            ("substr(postcode_fake,1,2)", "occupation"),
        ],
        [("first_name", "surname"), ("dob",)],
    ),
    "Chinese": (
        _CHINESE,
        [("phone",), ("email",), ("pinyin",), ("wechat",), ("pinyin", "company")],
        [("phone",), ("pinyin",)],
    ),
    "fake": (
        _FAKE,
        [("first_name", "surname"), ("surname", "dob"), ("first_name", "dob"), ("email",)],
        [("dob",), ("email",)],
    ),
}

FAMILY = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余"
    "于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦"
)
GIVEN = (
    "伟敏静强磊洋艳勇军杰娟涛超明霞秀兰梅晓国佳怡芳娜丽莉红玲燕平刚桂英华文斌鹏辉建波"
    "宁欣雪琳婷雨晨浩宇轩子涵梓萱俊峰思远海天"
)
GIVEN_LATIN = "James Mary John Anna Robert Linda Michael Susan David Karen Thomas Nancy Daniel Helen Mark Laura".split()
FAMILY_LATIN = "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker White Green Hall".split()
CITIES = "北京 上海 广州 深圳 南京 武汉 成都 西安 杭州 苏州 London Leeds York Bristol Hull Bath Derby Exeter".split()


def nightly(many: int) -> None:
    """The engine's part of the night: the record is read elsewhere, see bench/customers.py for the database."""
    began = time.perf_counter()
    records = generated(many)
    print(f"{records.num_rows:,} records normalised in {time.perf_counter() - began:.0f} s", flush=True)
    began, work = time.perf_counter(), time.process_time()
    with TemporaryDirectory() as spill:
        found = resolve(records, seed=1, spill=Path(spill))
    told_twice = records.num_rows - many
    right = sum(pair.right == pair.left + SECOND for pair in found.pairs)
    print(
        f"{found.looked_at:,} pairs weighed; of {told_twice:,} told twice {right:,} found,"
        f" {len(found.pairs) - right:,} more proposed;"
        f" {time.perf_counter() - began:.0f} s, CPU {time.process_time() - work:.0f} s, {peak():.1f} GiB"
    )


SECOND = 1 << 40  # the id of a second telling is that much higher


def generated(many: int) -> pa.Table:
    """Four in ten have Chinese names; one in fifty is told twice, with another spelling and something left out."""
    lot = random.Random(1)
    batches, rows = [], []
    for number in range(many):
        person = invented(lot, number)
        rows.append({"id": number, **columns_of(person)})
        if number % 50 == 0:
            rows.append({"id": number + SECOND, **columns_of(told_again(lot, person))})
        if len(rows) >= 50_000 or number == many - 1:
            batches.append(pa.RecordBatch.from_pylist(rows, schema=SCHEMA))
            rows = []
    return pa.Table.from_batches(batches, SCHEMA)


def invented(lot: random.Random, number: int) -> dict[str, str]:
    if lot.random() < 0.4:
        name, phone = (
            lot.choice(FAMILY) + "".join(lot.choices(GIVEN, k=lot.choice([1, 2, 2]))),
            f"+8613{lot.randrange(10**9):09d}",
        )
    else:
        ending = lot.choice(["", "son", "ley", "ton", "man", "field"])
        name = f"{lot.choice(GIVEN_LATIN)} {lot.choice(FAMILY_LATIN)}{ending}"
        phone = f"+4477{lot.randrange(10**8):08d}"
    street = f"{lot.randrange(1, 200)} {lot.choice(FAMILY_LATIN)} {lot.choice(['Road', 'Lane', 'Street'])}"
    return {
        "name": name,
        "phone": phone,
        "email": f"c{number}@mail{lot.randrange(200)}.example",
        "city": lot.choice(CITIES),
        "street": street,
        "postcode": f"{lot.choice('ABCDEFG')}{lot.randrange(1, 90)} {lot.randrange(1, 10)}{lot.choice('ABCD')}E",
        "company": f"{lot.choice(CITIES)}{lot.choice(GIVEN)}{lot.choice(GIVEN)}贸易有限公司"
        if lot.random() < 0.3
        else "",
    }


def told_again(lot: random.Random, person: dict[str, str]) -> dict[str, str]:
    again = {**person, lot.choice(["phone", "email"]): "", lot.choice(["street", "city", "postcode"]): ""}
    if not person["name"].isascii() and lot.random() < 0.5:
        again["name"] = latin_spelling(person["name"])
    elif lot.random() < 0.5:
        again["name"] = person["name"].replace("James", "Jim").replace("son", "sen")
    return again


def columns_of(person: dict[str, str]) -> dict[str, object]:
    pointers = [(kind, person[kind]) for kind in ("phone", "email") if person[kind]]
    return {
        **person_columns(person["name"]),
        **company_columns(person["company"]),
        **place_columns(person),
        **pointer_columns(pointers),
    }


if __name__ == "__main__":
    main()
