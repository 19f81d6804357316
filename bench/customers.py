"""The record at size: `python -m bench.customers [how many]`, each question beside itself in plain psycopg.

Generates customers (1,000,000 unless told) in a throw-away data folder, takes ten thousand in through the product's own
intake, then asks list, filter, deep page, search and customer page through the product's own code. Prints p50 and p95
of the server-side work in milliseconds. No time is a test.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = tempfile.TemporaryDirectory(prefix="guanxi-bench-customers-", ignore_cleanup_errors=True)
Path(FOLDER.name).chmod(0o711)
HOME = Path(FOLDER.name) / "home"
os.environ.update(GUANXI_HOME=str(HOME), DJANGO_SETTINGS_MODULE="guanxi.site.settings")

import django  # noqa: E402 (the settings read the environment made above)

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from guanxi.customer.filters import read_conditions  # noqa: E402
from guanxi.customer.intake import Incoming, ensure_source, take_in  # noqa: E402
from guanxi.customer.intake.bulk import copy_in  # noqa: E402
from guanxi.customer.listing.counts import count as counted  # noqa: E402
from guanxi.customer.listing.orders import Mark, page  # noqa: E402
from guanxi.customer.listing.questions import Question  # noqa: E402
from guanxi.customer.listing.rows import row_queryset  # noqa: E402
from guanxi.customer.models import Computation, Party, Reading  # noqa: E402
from guanxi.customer.normal import latin_spelling, sort_key  # noqa: E402
from guanxi.customer.search import matching, tokens  # noqa: E402
from guanxi.foundation import server  # noqa: E402
from guanxi.foundation.accounts.models import User  # noqa: E402
from guanxi.site.roles import ensure_starting_roles  # noqa: E402

ROUNDS, PAGE = 40, 40
NOW = datetime(2026, 3, 1, tzinfo=UTC)
FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗单曾"
GIVEN = "伟敏静强磊洋艳勇军杰娟涛超明霞秀兰梅晓国佳怡"
LATIN = ["Mei", "Anna", "Tom", "Olu", "Isabel", "Harriet", "Jones", "Hartley", "Adeyemi", "Moreau", "Ashe", "Kern"]
STAGES = ["exploration", "formation", "stability", "decline", "lost", "won_back"]
Ask = Callable[[], object]


def main() -> None:
    """Set up, fill, measure, print."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with server.use(HOME):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        fill(many)
        measure_intake()
        measure_questions(many)
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


def fill(many: int) -> None:
    """Parties with search words, and a reading for each."""
    began = time.perf_counter()
    said = (
        "id kind name latin_name email phone street city postcode country language provenance sort_key search".split()
    )
    execute("DROP INDEX party_search")  # filling first and indexing then takes a fifth of the time
    copy_in(Party, [*said, "created_at", "touched_at"], parties(many))
    known = Computation.objects.create(as_of=NOW, published_at=NOW)
    figures = "orders purchase_days revenue revenue_year returns_amount rfm expected_value expected_value_low".split()
    more = "expected_value_high tier stage tags monthly last_order_at".split()
    copy_in(Reading, ["party_id", "computation_id", *figures, *more], readings(many, known.pk))
    execute("CREATE INDEX party_search ON customer_party USING gin (search_vector)")
    execute(f"SELECT setval(pg_get_serial_sequence('customer_party', 'id'), {many})")
    execute("VACUUM ANALYZE")
    print(f"filled {many:,} customers in {time.perf_counter() - began:.0f} s", flush=True)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def parties(many: int) -> Iterator[tuple[Any, ...]]:
    lot = random.Random(1)
    pool = [person(lot) for _ in range(50_000)]
    spelt = [(n, latin_spelling(n), sort_key(n), tokens(names=[n], phones=[], emails=[], numbers=[])) for n in pool]
    for pk in range(1, many + 1):
        name, latin, key, words = spelt[pk % len(spelt)]
        phone, mail = f"+86138{pk:08d}", f"c{pk}@example.org"
        words = f"{words} {phone[1:]} {phone[3:]} {phone[-4:]} c{pk} {mail}"
        touched = NOW - timedelta(minutes=lot.randrange(500_000))
        country = lot.choice(["CN", "GB", "DE", "FR"])
        yield pk, "person", name, latin, mail, phone, "", "", "", country, "", {}, key, words, NOW, touched


def person(lot: random.Random) -> str:
    if lot.random() < 0.5:
        return " ".join(lot.sample(LATIN, 2))
    return lot.choice(FAMILY) + "".join(lot.choices(GIVEN, k=lot.choice([1, 2])))


def readings(many: int, computation: int) -> Iterator[tuple[Any, ...]]:
    lot = random.Random(2)
    for pk in range(1, many + 1):
        value = lot.lognormvariate(6, 1.2)
        figures = (pk, computation, 5, 4, value * 3, value, 0.0, "333", value, value / 2, value * 2)
        yield (
            *figures,
            "ordinary",
            lot.choice(STAGES),
            ["steady"],
            [value] * 12,
            NOW - timedelta(days=lot.randrange(700)),
        )


def measure_intake() -> None:
    """Ten thousand new customers, then the same again."""
    source = ensure_source(key="bench", name="Bench")
    rows = [incoming(number) for number in range(10_000)]
    for kind in ("new", "known"):
        began = time.perf_counter()
        take_in(source=source, records=rows, at=NOW, by=None)
        print(f"intake of 10,000 {kind} rows: {10_000 / (time.perf_counter() - began):,.0f} rows/s", flush=True)


def incoming(number: int) -> Incoming:
    name = person(random.Random(number))
    fields = {"name": name, "email": f"b{number}@example.org", "phone": f"139{number:08d}", "country": "CN"}
    return Incoming(external_id=f"B{number}", payload=dict(fields), fields=fields, as_of=NOW)


def measure_questions(many: int) -> None:
    """Each question through the product, and the nearest thing to it in plain SQL."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.create_user(email="bench@guanxi.example", name="B", role=ensure_starting_roles()["manager"])
    )
    print(f"{'milliseconds':34}{'ours p50':>10}{'p95':>8}{'psycopg p50':>13}{'ratio':>7}")
    for name, ours, plain in questions(many):
        show(name, timed(ours), timed(plain))
    for name, address in (("list as a page", "/customers/"), ("customer as a page", f"/customers/{many // 2}/")):
        show(name, timed(lambda address=address: client.get(address)), None)


def questions(many: int) -> list[tuple[str, Ask, Ask]]:
    declining = read_conditions([["stage", "in", ["decline", "lost"]], ["country", "in", ["CN"]]])
    value = Reading.objects.order_by("-expected_value")[many // 2 : many // 2 + 1].get()
    deep = Mark(0, value.expected_value, value.pk)
    first = "SELECT p.*, r.* FROM customer_reading r JOIN customer_party p ON p.id = r.party_id"
    ending = "ORDER BY r.expected_value DESC NULLS LAST, r.party_id DESC LIMIT 41"
    after = f"WHERE r.expected_value < {value.expected_value} {ending}"
    meeting = f"WHERE r.stage IN ('decline', 'lost') AND p.country = 'CN' {ending}"
    return [
        ("list by value", listed(Question()), sql(f"{first} {ending}")),
        (
            "list by name",
            listed(Question(sort="name")),
            sql("SELECT * FROM customer_party ORDER BY sort_key, id LIMIT 41"),
        ),
        ("deep page", listed(Question(), deep), sql(f"{first} {after}")),
        ("filter and sort", listed(Question(conditions=tuple(declining))), sql(f"{first} {meeting}")),
        *(
            (f"search {text}", searched(text), found(text))
            for text in ("伟", "王伟", "wxm", "wangxiao", "4471", "jones m")
        ),
        ("count, all", lambda: counted(Party.objects.all()), sql("SELECT count(*) FROM customer_party")),
    ]


def listed(asked: Question, mark: Mark | None = None) -> Ask:
    return lambda: page(row_queryset(asked.of(Party.objects.all(), NOW)), asked.sort, mark, PAGE)


def searched(text: str) -> Ask:
    return lambda: list(matching(Party.objects.all(), text).values_list("pk", "name")[:200])


def found(text: str) -> Ask:
    words, values = matching(Party.objects.all(), text).values_list("pk", "name")[:200].query.sql_with_params()
    return sql(words, values)


def sql(text: str, values: Any = None) -> Ask:
    def ask() -> object:
        with connection.cursor() as cursor:
            return cursor.cursor.execute(text, values).fetchall()

    return ask


def timed(ask: Ask) -> list[float]:
    ask()
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return spent


def show(name: str, ours: list[float], plain: list[float] | None) -> None:
    half, late = statistics.median(ours), statistics.quantiles(ours, n=20)[-1]
    beside = f"{statistics.median(plain):13.2f}{half / statistics.median(plain):7.1f}" if plain else ""
    print(f"{name:34}{half:10.2f}{late:8.2f}{beside}", flush=True)


if __name__ == "__main__":
    main()
