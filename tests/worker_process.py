"""A worker in a process of its own, to be killed: `python -m tests.worker_process mail PORT`, `… launch NUMBER` or `… import NUMBER`."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import django

django.setup()

from guanxi.collaborative.channels.mail.carriers import Smtp  # noqa: E402
from guanxi.collaborative.channels.mail.delivery import deliver_due  # noqa: E402
from guanxi.integration.transfer.work import carry_on  # noqa: E402
from guanxi.operational.marketing.launching import advance  # noqa: E402
from tests.world import NOW  # noqa: E402

LEASE = timedelta(seconds=1)
Step = Callable[[], object]


def mail(port: str) -> Step:
    address = urlsplit(f"smtp://127.0.0.1:{port}")
    return lambda: deliver_due(at=NOW, carrier=Smtp(address), lease=LEASE)


def launch(number: str) -> Step:
    return lambda: advance(int(number), at=NOW, step=3)


def work_import_off(number: str) -> Step:
    return lambda: carry_on(import_id=int(number), clock=lambda: NOW) and None


def main() -> None:
    kind, argument = sys.argv[1:]
    step = {"mail": mail, "launch": launch, "import": work_import_off}[kind](argument)
    sys.stdout.write("at work\n")
    sys.stdout.flush()
    while True:
        if not step():
            time.sleep(0.02)


if __name__ == "__main__":
    main()
