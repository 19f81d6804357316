"""Python looks for rings of objects again and again while rows pile up. Rows are trees."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

USUALLY = gc.get_threshold()
SELDOM = (500_000, 20, 100)  # new objects: some three parts of an import


@contextmanager
def seldom_sought() -> Iterator[None]:
    """Look for them seldom, and not among what was there before: that takes a quarter of an import's time."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*USUALLY)
        gc.unfreeze()
