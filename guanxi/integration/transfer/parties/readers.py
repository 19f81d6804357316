"""Two processes read ahead while the import writes, so that reading and writing use a core each.

Reading is most of the work of an import: it spells names in pinyin, phones in E.164, and finds the words to search by.
"""

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from guanxi.integration.transfer.parties.intake import ReadRow, read_rows
from guanxi.integration.transfer.parties.question import Question

MODULE = "guanxi.integration.transfer.parties.reader"
READERS = 2
WORTH_IT = 50_000  # rows from which on starting processes pays: each first loads the whole product


class Readers:
    """Answers questions in their order; those that will be asked next are worked on meanwhile."""

    def __init__(self, rows: int) -> None:
        self._count = READERS if rows >= WORTH_IT else 0
        self._processes: list[subprocess.Popen[bytes]] = []
        self._asked: deque[tuple[Question, subprocess.Popen[bytes]]] = deque()
        self._number = 0

    def __enter__(self) -> Self:
        self._processes = [
            subprocess.Popen([sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in range(self._count)
        ]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(BrokenPipeError):
                        pipe.close()

    def read(self, question: Question, ahead: Sequence[Question]) -> list[ReadRow]:
        """The rows of a question. `ahead` are the questions that will come after it."""
        if not self._processes:
            return read_rows(question)
        known = [asked for asked, _ in self._asked]
        for each in [question, *ahead[: self._count]]:
            if each not in known:
                self._ask(each)
        while self._asked:
            asked, process = self._asked.popleft()
            assert process.stdout is not None  # noqa: S101 (opened above)
            rows: list[ReadRow] = pickle.load(process.stdout)  # noqa: S301 (our own child answers)
            if asked == question:
                return rows
        raise RuntimeError("no reader was asked")

    def _ask(self, question: Question) -> None:
        process = self._processes[self._number % self._count]
        self._number += 1
        assert process.stdin is not None  # noqa: S101 (opened above)
        pickle.dump(question, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        self._asked.append((question, process))
