"""Eight colleagues write while a file comes in: `python -m bench.beside [rows]`, at the company of `bench.customers`.

The server and the worker are those of `guanxi run`; the file goes from the upload to the last outcome in the worker.
Each colleague writes about once a second: a new customer, a note, a corrected field, a tag, in turn. Beside the
import's figures stand those of the same minute without one.
"""

import multiprocessing
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event

from bench.clients import Asked, Visitor, serving
from bench.contacts import people
from bench.customers import HOME, NOW, created, log_in
from guanxi.customer.models import Party
from guanxi.foundation import server
from guanxi.integration.transfer.actions import receive_file, start_import
from guanxi.integration.transfer.models import Import
from guanxi.site.opening import disconnect

ROWS, WRITERS, PAUSE, CALM = 100_000, 8, 1.0, 40.0  # seconds


@dataclass
class Writing:
    """Milliseconds of what eight colleagues wrote until they were told to stop."""

    cookie: str
    stop: Event = field(default_factory=multiprocessing.Event)
    spent: "multiprocessing.SimpleQueue[list[float]]" = field(default_factory=multiprocessing.SimpleQueue)

    def __enter__(self) -> "Writing":
        parties = list(Party.objects.order_by("pk").values_list("pk", flat=True)[:10_000])
        disconnect()
        self.writers = [
            multiprocessing.Process(target=self._write, args=(number, parties)) for number in range(WRITERS)
        ]
        for each in self.writers:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        spent = [one for _ in self.writers for one in self.spent.get()]
        for each in self.writers:
            each.join()
        cut = statistics.quantiles(spent, n=100)
        print(f"  {len(spent):,} writes: p50 {cut[49]:.1f} ms, p95 {cut[94]:.1f} ms, p99 {cut[98]:.1f} ms", flush=True)

    def _write(self, number: int, parties: list[int]) -> None:
        chance, visitor, spent = random.Random(number), Visitor(self.cookie), []
        mark, done = f"{time.time_ns()}{number}", 0
        time.sleep(chance.random() * PAUSE)
        while not self.stop.is_set():
            asked = _written(chance.choice(parties), f"{mark}{done}", done)
            began = time.perf_counter()
            visitor.ask(asked)
            spent.append(1000 * (time.perf_counter() - began))
            done += 1
            self.stop.wait(chance.expovariate(1 / PAUSE))
        self.spent.put(spent)


def _written(party: int, mark: str, turn: int) -> Asked:
    page = f"/customers/{party}/"
    kinds = (
        created(mark, f"New Customer{turn}"),
        Asked(f"{page}notes/", {}, {"text": f"Asked for the new price list, {mark}."}),
        Asked(f"{page}fields/city/", {}, {"text": f"Leeds {turn % 97}"}),
        Asked(f"{page}tags/", {}, {"tag": f"Fair {turn % 7}"}),
    )
    return kinds[turn % len(kinds)]


def main() -> None:
    """Write for a while, then write while the file comes in."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with server.use(HOME):
        cookie = log_in("bench@guanxi.example")
        text = people(rows).replace("K", f"B{time.time_ns()}").replace("@example.com", f"@b{time.time_ns()}.example")
        with serving():
            print("without an import", flush=True)
            with Writing(cookie):
                time.sleep(CALM)
            import_ = receive_file(name="beside.csv", blocks=[text.encode()], by=None, at=NOW, kind="customers")
            worker = subprocess.Popen([sys.executable, "-m", "guanxi.site.command_line", "worker"])
            try:
                print(f"beside an import of {rows:,} rows", flush=True)
                start_import(import_=import_, by=None, at=NOW)
                with Writing(cookie):
                    took = _until_finished(import_.pk)
                print(f"  the import: {rows / took:,.0f} rows/s", flush=True)
            finally:
                worker.terminate()
                worker.wait(60)


def _until_finished(pk: int) -> float:
    began = time.perf_counter()
    while Import.objects.get(pk=pk).state == Import.State.RUNNING:
        time.sleep(0.5)
    if Import.objects.get(pk=pk).state != Import.State.FINISHED:
        raise SystemExit("the import did not finish")
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
