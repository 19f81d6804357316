"""A process that reads rows of customers for an import: `python -m guanxi.integration.transfer.parties.reader`.

It says on its standard output, in pickles, that it listens; is told on its standard input how to read, and then which
rows; and answers. It ends when the asking process has ended, however that happened. It needs no database.
"""

import gc
import pickle
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import django

LISTENING = "listening"


def main() -> None:
    """Answer questions until there are none."""
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    django.setup()
    from guanxi.integration.transfer.parties.intake import read_rows  # noqa: PLC0415 (needs the settings)

    _say(answers, LISTENING)
    gc.disable()  # rows are trees: looking for rings among them finds none, and takes a fifth of the time
    told = _told(given)
    manner: Any = next(told, None)
    for first, last in told:
        _say(answers, read_rows(manner, first, last))


def _say(answers: BinaryIO, what: Any) -> None:
    pickle.dump(what, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _told(given: BinaryIO) -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(given)  # noqa: S301 (our own parent asks)
        except EOFError:
            return


if __name__ == "__main__":
    main()
