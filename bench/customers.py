"""The record at size: `python -m bench.customers [how many]`, through the real server, beside plain psycopg.

Makes a company of a million customers and ten million events (once; it is kept in BENCH_HOME for the next run), serves
it as `guanxi web` does, and asks what colleagues ask: one client after the other, then eight at once. Beside each: what
of it the database takes, the same rows asked in plain psycopg, and what Odoo 18 answered at a tenth of the data on a
machine alike (requests a second, eight clients). No time is a test.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

HOME = Path(os.environ.get("BENCH_HOME", Path(tempfile.gettempdir()) / "guanxi-bench-million"))
HOME.mkdir(mode=0o711, exist_ok=True)
os.environ.update(GUANXI_HOME=str(HOME), DJANGO_SETTINGS_MODULE="guanxi.site.settings")

import django  # noqa: E402 (the settings read the environment made above)

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.clients import PART, ROWS, Asked, alone, serving, together  # noqa: E402
from bench.million import fill, names  # noqa: E402
from guanxi.customer.intake import Incoming, ensure_source, take_in  # noqa: E402
from guanxi.customer.listing.orders import Mark  # noqa: E402
from guanxi.customer.models import Party, Reading  # noqa: E402
from guanxi.foundation import server  # noqa: E402
from guanxi.foundation.accounts.models import User  # noqa: E402
from guanxi.site.opening import disconnect  # noqa: E402

ASKED, FLOOR = 200, 40
TOKEN = "b" * 32  # signs the forms of the only visitor there is
VALUE = "ORDER BY r.expected_value DESC NULLS LAST, r.party_id DESC LIMIT 26"
ROWS_BY_VALUE = "SELECT p.*, r.* FROM customer_reading r JOIN customer_party p ON p.id = r.party_id"
NOW = timezone.now()


@dataclass(frozen=True)
class Question:
    """What is asked: requests, the nearest thing to them in plain SQL, and how often a second Odoo answers it."""

    name: str
    requests: list[Asked]
    plain: str = ""
    odoo: int | None = None


def main() -> None:
    """Fill unless it is there, then serve and measure."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with server.use(HOME):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not Party.objects.exists():
            fill(many)
        measure_intake()
        cookie, asked = log_in("bench@guanxi.example"), list(questions())
        floors = {each.name: floor(each.plain) for each in asked if each.plain}
        parts = {each.name: of_database(cookie, each.requests) for each in asked}
        disconnect()
        with serving():
            head()
            for each in asked:
                show(each, alone(cookie, each.requests), together(cookie, each.requests), parts, floors)


def log_in(email: str) -> str:
    """The cookies of a colleague who is logged in."""
    user, session = User.objects.get(email=email), SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def measure_intake() -> None:
    """Ten thousand new customers, then the same again."""
    source, mark = ensure_source(key="bench-file", name="Bench file"), f"{time.time_ns()}"
    rows = [
        Incoming(
            external_id=f"{mark}-{number}",
            payload={"name": name},
            fields={"name": name, "email": f"b{mark}-{number}@example.org", "country": "CN"},
            as_of=NOW,
        )
        for number, name in enumerate(names(10_000))
    ]
    for kind in ("new", "known"):
        began = time.perf_counter()
        take_in(source=source, records=rows, at=NOW, by=None)
        print(f"intake of 10,000 {kind} rows: {10_000 / (time.perf_counter() - began):,.0f} rows/s", flush=True)


def questions() -> Iterator[Question]:
    """What colleagues ask of the list, the search, the palette and a customer's page."""
    lot = random.Random(4)
    pks = lot.sample(range(1, 900_000), ASKED) if Party.objects.count() > 900_000 else list(range(1, ASKED))
    found = list(
        Reading.objects.filter(party__in=pks, expected_value__isnull=False).values_list("expected_value", "pk")
    )
    deep = [Mark(0, value, pk).written() for value, pk in found]
    typical = found[0][0]
    declining = [("where", "stage:in:decline|lost"), ("where", "country:in:CN"), ("sort", "-revenue_year")]
    spelt = list(names(2000))
    whole = [name for name in spelt if not name.isascii()]
    two, three = [n for n in whole if len(n) == 2], [n for n in whole if len(n) == 3]
    initials = ["".join(word[0] for word in row.split()[:3]) for row in _keys(three)]
    tails = [phone[-4:] for phone in Party.objects.filter(pk__in=pks).exclude(phone="").values_list("phone", flat=True)]
    latin = [n.split()[1].lower() for n in spelt if n.isascii()]

    yield Question("list, rows", [listed()] * ASKED, f"{ROWS_BY_VALUE} {VALUE}", 69)
    yield Question(
        "deep page",
        [listed(("after", mark)) for mark in deep],
        f"{ROWS_BY_VALUE} WHERE r.expected_value < {typical} {VALUE}",
        17,
    )
    yield Question(
        "filter and sort",
        [listed(*declining)] * ASKED,
        f"{ROWS_BY_VALUE} WHERE r.stage IN ('decline', 'lost') AND p.country = 'CN'"
        " ORDER BY r.revenue_year DESC, r.party_id DESC LIMIT 26",
        18,
    )
    for name, words in (
        ("search, two characters", two),
        ("search, one character", [name[0] for name in whole]),
        ("search, initials", initials),
        ("search, phone tail", tails),
        ("search, Latin name", latin),
    ):
        yield Question(name, [listed(("q", word)) for word in words[:ASKED]], search(words[0]), 9)
    yield Question("search, a slip", [listed(("q", f"{w[:2]}{w[3]}{w[2]}{w[4:]}")) for w in latin[:40]])
    typed = [word for words in (two, initials, tails, latin) for word in words[: ASKED // 4]]
    yield Question("palette", [Asked("/found/?" + urlencode({"q": word}), PART) for word in typed])
    yield Question("palette, one letter", [Asked(f"/found/?q={sign}", PART) for sign in "wlzcmabj" * 10])
    page = "SELECT * FROM customer_party p LEFT JOIN customer_reading r ON r.party_id = p.id WHERE p.id = 4711"
    yield Question("customer page", [Asked(f"/customers/{pk}/", {}) for pk in pks], page, 22)
    yield Question("timeline, first part", [Asked(f"/customers/{pk}/timeline/", PART) for pk in pks])
    yield Question("list, whole page", [Asked("/customers/", {})] * ASKED)
    mark = time.time_ns()
    yield Question("create", [created(f"{mark}{n}", f"New Customer{n}") for n in range(20_000)], "", 51)
    yield Question(
        "create, a name like others", [created(f"{mark}-{n}", name) for n, name in enumerate(names(20_000))], "", 51
    )


def _keys(whole: list[str]) -> list[str]:
    return list(Party.objects.filter(name__in=whole[:ASKED]).values_list("sort_key", flat=True)[:ASKED])


def listed(*pairs: tuple[str, str]) -> Asked:
    """The rows of the list, as a page that is already open asks for them."""
    return Asked("/customers/?" + urlencode(pairs), ROWS)


def created(mark: str, name: str) -> Asked:
    form = {"name": name, "email": f"n{mark}@example.org", "city": "Leeds", "anyway": "1"}
    return Asked("/customers/new/", {}, form)


def search(word: str) -> str:
    """The same words, asked of the search index by itself."""
    return f"SELECT id FROM customer_party WHERE search_vector @@ quote_literal('{word}')::tsquery LIMIT 26"


def floor(statement: str) -> float:
    """Milliseconds in plain psycopg, the half."""
    spent = []
    with connection.cursor() as cursor:
        for _ in range(FLOOR):
            began = time.perf_counter()
            cursor.cursor.execute(statement).fetchall()
            spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent)


def of_database(cookie: str, requests: list[Asked]) -> tuple[float, int]:
    """Milliseconds that the statements of one request take, the half; and how many there are. Nothing is posted."""
    client, spent, number = Client(SERVER_NAME="localhost", headers={"cookie": cookie}), [], 0
    for asked in requests[:FLOOR]:
        if asked.form is not None:
            return 0.0, 0
        clock = Clock()
        with connection.execute_wrapper(clock):
            client.get(asked.path, headers=asked.headers)
        spent.append(clock.spent)
        number = clock.number
    return statistics.median(spent), number


class Clock:
    """Adds up what statements take."""

    spent, number = 0.0, 0

    def __call__(self, execute: Callable[..., object], *given: object) -> object:
        began = time.perf_counter()
        try:
            return execute(*given)
        finally:
            self.spent += 1000 * (time.perf_counter() - began)
            self.number += 1


def head() -> None:
    print(
        f"\n{'milliseconds, one client':28}{'p50':>8}{'p95':>8}{'p99':>8}{'database':>10}{'queries':>9}{'psycopg':>9}"
        f"{'8 clients, /s':>15}{'Odoo, /s':>10}{'times':>7}"
    )


def show(
    asked: Question,
    one: tuple[float, float, float],
    eight: float,
    parts: dict[str, tuple[float, int]],
    floors: dict[str, float],
) -> None:
    half, late, latest = one
    spent, number = parts[asked.name]
    plain = f"{floors[asked.name]:9.2f}" if asked.name in floors else f"{'':9}"
    rival = f"{asked.odoo:10}{eight / asked.odoo:7.1f}" if asked.odoo else ""
    inside = f"{spent:10.2f}{number:9}" if number else f"{'':19}"
    print(f"{asked.name:28}{half:8.1f}{late:8.1f}{latest:8.1f}{inside}{plain}{eight:15.0f}{rival}", flush=True)


if __name__ == "__main__":
    main()
