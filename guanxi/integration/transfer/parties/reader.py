"""A process that reads rows of customers for an import: `python -m guanxi.integration.transfer.parties.reader`.

It is asked by pickles on its standard input and answers on its standard output, and it ends when the asking process has
ended, however that happened. It needs no database.
"""

import gc
import pickle
import sys

import django


def main() -> None:
    """Answer questions until there are none."""
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    django.setup()
    from guanxi.integration.transfer.parties.intake import read_rows  # noqa: PLC0415 (needs the settings)

    gc.disable()  # rows are trees: looking for rings among them finds none, and takes a fifth of the time
    while True:
        try:
            question = pickle.load(given)  # noqa: S301 (our own parent asks)
        except EOFError:
            return
        pickle.dump(read_rows(question), answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
