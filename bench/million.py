"""A company of a million customers, made by the database itself in a few minutes and kept for the next run.

Names come from a pool of 120,000, two in five Chinese, spelt and taken apart by the product's own code. Every customer
has an owner, a source record, a reading and an e-mail, every other one a phone, and ten events.
"""

import random
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db import connection, models
from psycopg import sql

from guanxi.customer.models import (
    Computation,
    Event,
    Identifier,
    Party,
    PartyRole,
    PartyTag,
    Reading,
    Source,
    SourceRecord,
    Tag,
)
from guanxi.customer.normal import latin_spelling, sort_key
from guanxi.customer.search import relearn, tokens
from guanxi.foundation.access.models import Team
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.models import Company
from guanxi.site.roles import ensure_starting_roles

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAMES, EVENTS_EACH, CHINESE = 120_000, 10, 0.4
FAMILY = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔单"
)
GIVEN = (
    "伟敏静强磊洋艳勇军杰娟涛超明霞秀兰梅晓国佳怡建华文平志红玉春海波辉刚健丽萍云燕玲桂芳鹏飞宇浩凯欣雨婷雪琳"
    "思嘉子涵梓轩诗若依然俊逸博天泽瑞祥德福荣贵金银宝珠翠莲菊竹松柏青山川江河湖"
)
STARTS = (
    "Al An Be Bra Ca Cor Da Del El Em Fa Fio Ga Gre Ha Hel Ian Jo Ka Ki La Leo Ma Mei Na Nor Ol Pa Phi Ro Sa".split()
)
ENDS = "bert cia dine dra fred gan helm iana jamin lina lon mir na nora phine ra rick sandra son ta tor vid wen".split()
HOUSES = (
    "Ash Berg Black Brook Cast Clay Dun East Fair Fern Gold Grey Hart Hol Kings Lang Long Mar Nor Oak Pen Red".split()
)
SEATS = (
    "bury by dale den er field ford gate ham hurst ing land ley low man mere more ner sen stein ton well wood".split()
)
STAGES = "ARRAY['exploration', 'formation', 'stability', 'stability', 'decline', 'lost', 'won_back']"
TIERS = "ARRAY['vip', 'major', 'major', 'ordinary', 'ordinary', 'ordinary', 'small', 'small', 'small', 'small']"
PLACES = "ARRAY['CN', 'CN', 'GB', 'DE', 'FR', 'US']"
CITIES = "ARRAY['上海', '北京', '广州', '深圳', '杭州', '成都', 'Leeds', 'York', 'Köln', 'Lyon', 'Boston', 'Bath']"
CHANNELS = "ARRAY['call', 'mail', 'visit', 'web', '']"


def fill(many: int) -> None:
    """Everything of `many` customers into an empty, migrated database."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'; SET synchronous_commit = off")
    people = _people()
    _names()
    held = {model: _without_indexes(model) for model in (Party, SourceRecord, Identifier, Reading, PartyRole, Event)}
    _customers(many, people)
    _readings(many)
    _events(many)
    for definitions in held.values():
        execute(*definitions)
    for model in (Party, SourceRecord):
        table = model._meta.db_table
        execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {many})")
    _tags(many, people)
    execute("VACUUM ANALYZE")
    relearn()
    print(
        f"made {many:,} customers and {many * EVENTS_EACH:,} events in {time.perf_counter() - began:.0f} s", flush=True
    )


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for each in filter(None, statements):
            cursor.execute(each)


def insert(model: type[models.Model], given: str, **columns: str) -> None:
    """Rows of `model` from a query: an SQL expression for each column named, what the model says for all others."""
    fields = [each for each in model._meta.local_concrete_fields if not each.generated]
    said = {each.column: columns.get(each.column) or _default(each) for each in fields}
    said = {name: value for name, value in said.items() if value != "DEFAULT"}
    execute(f"INSERT INTO {model._meta.db_table} ({', '.join(said)}) SELECT {', '.join(said.values())} FROM {given}")


def _default(field: models.Field[object, object]) -> str:
    if field.primary_key:
        return "DEFAULT"
    if isinstance(field, models.DateTimeField) and not field.null:
        return f"'{NOW.isoformat()}'::timestamptz"
    value = None if field.null and not field.has_default() else field.get_db_prep_save(field.get_default(), connection)
    with connection.cursor() as cursor:
        return str(sql.Literal(value).as_string(cursor.cursor)).replace("%", "%%")


CONSTRAINTS = """
    SELECT conname, pg_get_constraintdef(oid), contype FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('f', 'u')
"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE tablename = %s AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)
"""


def _without_indexes(model: type[models.Model]) -> list[str]:
    """Drop all but the key's, and the references; answer what makes them again: indexing afterwards takes a fifth."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS, [table])
        constraints = cursor.fetchall()
        for name, _definition, _kind in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(INDEXES, [table, table])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    made = [definition for _name, definition in indexes]
    unproved = {"f": "NOT VALID", "u": ""}
    added = (f"ALTER TABLE {table} ADD CONSTRAINT {name} {told} {unproved[kind]}" for name, told, kind in constraints)
    return [*made, *added]


def _people() -> list[int]:
    """A company of thirty who look after customers, in three teams, and who supervises them."""
    Company.objects.create(pk=1, name="Million", currency="CNY", timezone="Asia/Shanghai", country="CN", opened_at=NOW)
    roles, teams = ensure_starting_roles(), [Team.objects.create(name=name) for name in ("North", "South", "West")]
    User.objects.create_user(email="bench@guanxi.example", name="Bench", role=roles["manager"])
    sellers = [
        User.objects.create_user(
            email=f"rep{n}@guanxi.example", name=f"Rep {n}", role=roles["representative"], team=teams[n % 3]
        )
        for n in range(30)
    ]
    return [each.pk for each in sellers]


def _names() -> None:
    """The pool: each name with its spelling, sorting key and search words."""
    execute("CREATE UNLOGGED TABLE bench_name (n int PRIMARY KEY, name text, latin text, key text, words text)")
    with connection.cursor() as cursor, cursor.cursor.copy("COPY bench_name FROM STDIN") as copy:
        for number, name in enumerate(names(NAMES)):
            latin = latin_spelling(name)
            said = tokens(names=[name, latin], phones=[], emails=[], numbers=[])
            copy.write_row((number, name, latin, sort_key(name), said))


def names(many: int) -> Iterator[str]:
    """The same names in every run."""
    lot = random.Random(1)
    for _ in range(many):
        if lot.random() < CHINESE:
            yield lot.choice(FAMILY) + "".join(lot.choices(GIVEN, k=lot.choice([1, 2, 2, 2])))
        else:
            first, house = lot.choice(STARTS) + lot.choice(ENDS), lot.choice(HOUSES) + lot.choice(SEATS)
            yield f"{first} {house}{lot.choice(['', '', '', 's', 'er', 'son'])}"


def _customers(many: int, people: Iterable[int]) -> None:
    source = Source.objects.create(key="bench", name="Bench")
    owners = f"ARRAY[{','.join(map(str, people))}]"
    phone = "'+86138' || lpad((i.i * 7 %% 100000000)::text, 8, '0')"
    given = (
        f"(SELECT i, 'c' || i || '@example.org' AS mail, CASE WHEN i %% 2 = 0 THEN {phone} ELSE '' END AS phone,"
        f" ({owners})[1 + i %% 30] AS owner FROM generate_series(1, {many}) i) i"
        f" JOIN bench_name b ON b.n = (i.i::bigint * 7919 %% {NAMES}) JOIN accounts_user u ON u.id = i.owner"
    ).replace("%%", "%")
    national = "substr(i.phone, 4)"
    dialled = f"' ' || substr(i.phone, 2) || ' ' || {national} || ' 0' || {national} || ' ~' || reverse({national})"
    insert(
        Party,
        given,
        id="i.i",
        name="b.name",
        latin_name="b.latin",
        email="i.mail",
        phone="i.phone",
        city=f"({CITIES})[1 + i.i % 12]",
        country=f"({PLACES})[1 + i.i % 6]",
        sort_key="b.key",
        search=f"b.words || CASE WHEN i.phone = '' THEN '' ELSE {dialled} END"
        " || ' ' || i.mail || ' c' || i.i || ' example org example.org'",
        owner_id="i.owner",
        team_id="u.team_id",
        created_at=f"'{NOW.isoformat()}'::timestamptz - i.i * interval '1 minute'",
        touched_at=f"'{NOW.isoformat()}'::timestamptz - (i.i::bigint * 7907 % 500000) * interval '1 minute'",
    )
    told = {"party_id": "id", "home_id": "id"}
    insert(SourceRecord, "customer_party", id="id", source_id=str(source.pk), external_id="'B' || id", **told)
    about = {"source_record_id": "id", "party_id": "id"}
    insert(Identifier, "customer_party", kind="'email'", value="email", raw="email", **about)
    insert(Identifier, "customer_party WHERE phone <> ''", kind="'phone'", value="phone", raw="phone", **about)
    insert(PartyRole, "customer_party", role="'customer'", since=f"'{NOW.date()}'::date", **about)


def _readings(many: int) -> None:
    known = Computation.objects.create(as_of=NOW, published_at=NOW)
    value = "(exp(6 + 1.2 * sqrt(-2 * ln(1 - u.a)) * cos(2 * pi() * u.b)))"
    insert(
        Reading,
        f"(SELECT i, random() a, random() b FROM generate_series(1, {many}) i, (SELECT setseed(0.3)) s) u",
        party_id="u.i",
        computation_id=str(known.pk),
        orders="(u.a * 20)::int",
        revenue=f"{value} * 3",
        revenue_year=value,
        expected_value=f"CASE WHEN u.i % 10 > 0 THEN {value} END",
        expected_value_low=f"CASE WHEN u.i % 10 > 0 THEN {value} / 2 END",
        expected_value_high=f"CASE WHEN u.i % 10 > 0 THEN {value} * 2 END",
        strength_behaviour="u.b * 100",
        strength_time="u.a * 100",
        tier=f"({TIERS})[1 + u.i % 10]",
        stage=f"({STAGES})[1 + (u.i * 31) % 7]",
        tags="ARRAY[(ARRAY['steady', 'weekend', 'returns', 'bulk'])[1 + u.i % 4]]",
        monthly=f"ARRAY[{', '.join(f'{value} * {n} / 12' for n in range(1, 13))}]",
        last_order_at=f"'{NOW.isoformat()}'::timestamptz - (u.b * 700)::int * interval '1 day'",
    )


def _events(many: int) -> None:
    insert(
        Event,
        f"generate_series(1, {many * EVENTS_EACH}) i",
        party_id=f"1 + i % {many}",
        source_record_id=f"1 + i % {many}",
        kind="CASE WHEN i % 3 = 0 THEN 'customer.call_logged' ELSE 'customer.note_written' END",
        facts="""CASE WHEN i % 3 = 0 THEN '{"text": "Asked for the price list", "reached": true, "minutes": 4}'::jsonb
                 ELSE '{"text": "Wants green tea delivered before the feast"}'::jsonb END""",
        channel=f"({CHANNELS})[1 + i % 5]",
        at=f"'{NOW.isoformat()}'::timestamptz - (i::bigint * 7907 % 1000000) * interval '1 minute'",
    )


def _tags(many: int, people: Iterable[int]) -> None:
    """Ten words, put on three customers of ten."""
    words = [Tag.objects.create(name=f"Tag {n}").pk for n in range(10)]
    insert(
        PartyTag,
        f"generate_series(1, {many}) i WHERE i % 10 < 3",
        party_id="i",
        source_record_id="i",
        tag_id=f"(ARRAY[{','.join(map(str, words))}])[1 + (i / 10) % 10]",
    )
