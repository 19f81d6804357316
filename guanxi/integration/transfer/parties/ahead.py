"""A process reads ahead while the import writes, so that reading and writing use a core each.

Reading is a third of an import's work: it spells names in pinyin, phones in E.164, and finds the words to search by. A
second reader would wait: the import and its database take longer over a part than one reader does. Its answers are
fetched by a thread, while the import waits for its database. Until the process has loaded the product, the import reads
by itself.
"""

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from select import select
from types import TracebackType
from typing import IO, Any, Self

from guanxi.integration.transfer.parties.intake import ReadRow, read_rows
from guanxi.integration.transfer.parties.manner import Manner

MODULE = "guanxi.integration.transfer.parties.reader"
PARTS_AHEAD = 2  # one being read, one that is read
WORTH_IT = 50_000  # rows from which on starting a process pays: it first loads the whole product
WAIT = 0.0  # seconds to wait, at each part, for the process to have loaded it

Rows = tuple[int, int]  # the numbers of the first and the last


def is_worth_it(rows: int) -> bool:
    """Whether so many rows to read pay for helpers beside the import."""
    return rows >= WORTH_IT


class ReaderDied(Exception):
    """The process that reads ahead has ended, as one does that is killed for want of memory; another one can go on."""


class ReadingAhead:
    """Reads parts in their order; those that come next are worked on meanwhile.

    The process is told once how to read, before it is asked anything. What it is asked afterwards is so short that it
    fits into the pipe, whatever the company's size: else both could wait for the other to empty its pipe.
    """

    def __init__(self, manner: Manner, *, is_worth_it: bool) -> None:
        self._manner = manner
        self._is_worth_it = is_worth_it
        self._has_begun = False
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: deque[tuple[Rows, Future[list[ReadRow]]]] = deque()
        self._fetching = ThreadPoolExecutor(1, thread_name_prefix="reading ahead")  # answers come in their order

    def __enter__(self) -> Self:
        if self._is_worth_it:
            self._process = subprocess.Popen(
                [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self._fetching.shutdown(cancel_futures=True)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def read(self, rows: Rows, ahead: Sequence[Rows]) -> list[ReadRow]:
        """The rows of a part. `ahead` are the parts that will come after it."""
        if self._process is None:
            return read_rows(self._manner, *rows)
        try:
            if not self._has_begun and not self._begin(self._process):
                return read_rows(self._manner, *rows)
            return self._answer(self._process, rows, ahead)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as problem:
            raise ReaderDied from problem

    def _begin(self, process: "subprocess.Popen[bytes]") -> bool:
        """Tell the process how to read as soon as it listens. Before, a long telling would not fit into the pipe."""
        if not select([_answers(process)], [], [], WAIT)[0]:
            return False
        _heard(process)
        _tell(process, self._manner)
        self._has_begun = True
        return True

    def _answer(self, process: "subprocess.Popen[bytes]", rows: Rows, ahead: Sequence[Rows]) -> list[ReadRow]:
        self._ask(process, [rows, *ahead])
        while self._asked:
            asked, read = self._asked.popleft()
            if asked == rows:
                return read.result()
        raise RuntimeError("the reader was not asked")

    def _ask(self, process: "subprocess.Popen[bytes]", parts: Sequence[Rows]) -> None:
        for each in parts:
            if all(each != asked for asked, _ in self._asked):
                _tell(process, each)
                self._asked.append((each, self._fetching.submit(_heard, process)))


def _tell(process: "subprocess.Popen[bytes]", what: Any) -> None:
    assert process.stdin is not None  # noqa: S101 (opened above)
    pickle.dump(what, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()


def _heard(process: "subprocess.Popen[bytes]") -> Any:
    return pickle.load(_answers(process))  # noqa: S301 (our own child answers)


def _answers(process: "subprocess.Popen[bytes]") -> IO[bytes]:
    assert process.stdout is not None  # noqa: S101 (opened above)
    return process.stdout
