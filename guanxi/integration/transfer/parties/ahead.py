"""A process reads ahead while the import writes, so that reading and writing use a core each.

Reading is a third of an import's work: it spells names in pinyin, phones in E.164, and finds the words to search by. A
second reader would wait: the import and its database take longer over a part than one reader does.
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
PARTS_AHEAD = 2  # one being read, one that is read
WORTH_IT = 50_000  # rows from which on starting a process pays: it first loads the whole product


class ReadingAhead:
    """Answers questions in their order; those that will be asked next are worked on meanwhile."""

    def __init__(self, rows: int) -> None:
        self._is_worth_it = rows >= WORTH_IT
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: deque[Question] = deque()

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
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def read(self, question: Question, ahead: Sequence[Question]) -> list[ReadRow]:
        """The rows of a question. `ahead` are the questions that will come after it."""
        if self._process is None:
            return read_rows(question)
        for each in (question, *ahead):
            if each not in self._asked:
                self._ask(self._process, each)
        while self._asked:
            asked = self._asked.popleft()
            assert self._process.stdout is not None  # noqa: S101 (opened above)
            rows: list[ReadRow] = pickle.load(self._process.stdout)  # noqa: S301 (our own child answers)
            if asked == question:
                return rows
        raise RuntimeError("the reader was not asked")

    def _ask(self, process: "subprocess.Popen[bytes]", question: Question) -> None:
        assert process.stdin is not None  # noqa: S101 (opened above)
        pickle.dump(question, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        self._asked.append(question)
