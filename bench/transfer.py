"""How many rows a second come in, from the upload to the last outcome: `python -m bench.transfer [LINES] [CUSTOMERS]`.

Works on a throw-away company. Each figure stands beside that of merely parsing the same file with Python's csv module,
so that machines can be compared.
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

from guanxi.foundation import server  # noqa: E402
from guanxi.foundation.company.models import Company  # noqa: E402
from guanxi.integration.transfer.actions import receive_file, start_import  # noqa: E402
from guanxi.integration.transfer.work import carry_on  # noqa: E402

LINES, CUSTOMERS = 541_909, 20_000
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚"


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


def people(rows: int) -> str:
    chance = random.Random(2)
    said = ["客户编号,姓名,手机,邮箱,城市,备注"]
    for row in range(rows):
        name = chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=2))
        said.append(f"K{row},{name},+86138{chance.randrange(10**8):08d},k{row}@example.com,北京市,第 {row} 位")
    return "\n".join(said) + "\n"


def measure(name: str, text: str, rows: int) -> None:
    began = time.perf_counter()
    for _ in csv.reader(io.StringIO(text)):
        pass
    parsing = rows / (time.perf_counter() - began)
    for attempt in ("first", "again"):
        began = time.perf_counter()
        import_ = receive_file(name=f"{name}.csv", blocks=[text.encode()], by=None, at=timezone.now(), kind=name)
        start_import(import_=import_, by=None, at=timezone.now())
        carry_on(import_id=import_.pk, clock=timezone.now)
        rate = rows / (time.perf_counter() - began)
        sys.stdout.write(
            f"{name:<14}{attempt:<8}{rows:>9,} rows {rate:>9,.0f} rows/s   {rate / parsing:.3f} of parsing alone\n"
        )


def main() -> None:
    lines, customers = (int(given) for given in (*sys.argv[1:], *(LINES, CUSTOMERS)[len(sys.argv) - 1 :]))
    server.make_home(HOME)
    with server.use(HOME):
        call_command("migrate", verbosity=0)
        Company.objects.create(pk=1, name="Bench", currency="GBP", timezone="Europe/London", country="GB")
        measure("transactions", transactions(lines), lines)
        measure("customers", people(customers), customers)
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
