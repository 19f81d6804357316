"""How many rows a second come in, and go out again: `python -m bench.transfer [LINES] [CUSTOMERS]`.

Works on a throw-away company, by the product's own way from the upload to the last outcome, with duplicate checks. Each
figure stands beside two floors measured in the same run, so that machines and their load can be compared: parsing the
same file with Python's csv module, and copying the rows that the import leaves in the database into the same tables
with PostgreSQL's COPY, with all their indexes and keys.
"""

import csv
import io
import os
import random
import sys
import tempfile
import time
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="guanxi-bench-", ignore_cleanup_errors=True)
Path(FOLDER.name).chmod(0o711)  # the database server may run as another account
HOME = Path(FOLDER.name) / "home"
os.environ.update(GUANXI_HOME=str(HOME), DJANGO_SETTINGS_MODULE="guanxi.site.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.contacts import people  # noqa: E402
from guanxi.customer.models import Party  # noqa: E402
from guanxi.foundation import server  # noqa: E402
from guanxi.foundation.company.models import Company  # noqa: E402
from guanxi.integration.transfer.actions import receive_file, start_import  # noqa: E402
from guanxi.integration.transfer.models import Import  # noqa: E402
from guanxi.integration.transfer.undo.asking import ask_for_undo  # noqa: E402
from guanxi.integration.transfer.undo.work import carry_on_undo  # noqa: E402
from guanxi.integration.transfer.work import carry_on  # noqa: E402

LINES, CUSTOMERS = 541_909, 200_000
COPIED = ("customer_party", "customer_sourcerecord", "customer_identifier", "customer_partyrole", "customer_event")


def transactions(rows: int) -> str:
    """Invoices of about 20 lines of 4,000 customers and 4,000 products over a year."""
    chance = random.Random(1)
    said = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"]
    for row in range(rows):
        day, item = row * 365 // rows, chance.randrange(4000)
        customer = "" if chance.random() < 0.25 else 12000 + (row // 20 * 7919) % 4000
        when = f"2011-{day // 31 + 1:02d}-{day % 28 + 1:02d} {row // 20 % 24:02d}:{row % 60:02d}:00"
        said.append(
            f"{row // 20},S{item},ITEM {item},{chance.randint(-1, 12)},{when},{item % 97 + 0.5},{customer},France"
        )
    return "\n".join(said) + "\n"


def import_text(name: str, text: str) -> Import:
    import_ = receive_file(name=f"{name}.csv", blocks=[text.encode()], by=None, at=timezone.now(), kind=name)
    start_import(import_=import_, by=None, at=timezone.now())
    carry_on(import_id=import_.pk, clock=timezone.now)
    return Import.objects.get(pk=import_.pk)


def undo(import_: Import) -> None:
    ask_for_undo(import_=import_, by=None, at=timezone.now())
    carry_on_undo(import_id=import_.pk, clock=timezone.now)


def parsing(text: str) -> None:
    for _ in csv.reader(io.StringIO(text)):
        pass


def seconds(work: object, *given: object) -> float:
    began = time.perf_counter()
    work(*given)  # type: ignore[operator]
    return time.perf_counter() - began


def copy_floor() -> float:
    """Seconds to COPY what the import left into the same tables once they are empty, indexes, keys and all."""
    held: list[tuple[str, str, bytes]] = []
    with connection.cursor() as cursor:
        for table in COPIED:
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM"
                " information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            ((columns,),) = cursor.fetchall()
            with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as source:
                held.append((table, columns, b"".join(source)))
        cursor.execute(f"TRUNCATE {', '.join(COPIED)} CASCADE")
        began = time.perf_counter()
        for table, columns, rows in held:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target:
                target.write(rows)
        return time.perf_counter() - began


def say(what: str, rows: int, took: float, floor: float, of: str) -> None:
    """A line of the report: the rate, and what part of the floor's speed that is."""
    sys.stdout.write(f"{what:<22}{rows:>9,} rows {rows / took:>9,.0f} rows/s   {floor / took:.3f} of {of} alone\n")
    sys.stdout.flush()


def measure(name: str, text: str, rows: int) -> None:
    floor = seconds(parsing, text)
    imports: list[Import] = []
    for attempt in ("first", "again"):
        took = seconds(lambda: imports.append(import_text(name, text)))
        say(f"{name} {attempt}", rows, took, floor, "parsing")
    say(f"{name} again undone", rows, seconds(undo, imports[1]), floor, "parsing")
    say(f"{name} first undone", rows, seconds(undo, imports[0]), floor, "parsing")
    if name == "customers":
        assert not Party.ever.exists()
        took = seconds(import_text, name, text)
        say(f"{name} once more", rows, took, copy_floor(), "COPY")


def main() -> None:
    lines, customers = (int(given) for given in (*sys.argv[1:], *(LINES, CUSTOMERS)[len(sys.argv) - 1 :]))
    server.make_home(HOME)
    with server.use(HOME):
        call_command("migrate", verbosity=0)
        Company.objects.create(pk=1, name="Bench", currency="GBP", timezone="Europe/London", country="GB")
        for name, text_of, rows in (("customers", people, customers), ("transactions", transactions, lines)):
            if rows:
                measure(name, text_of(rows), rows)
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
