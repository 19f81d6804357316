"""What a worker does for the history."""

from guanxi.foundation.history import store
from guanxi.foundation.history.datasets import all_declared
from guanxi.foundation.jobs.declare import every


@every("30 1 * * *", "history.compact_nightly", attempts=2)
def compact_nightly() -> None:
    """Merge the day's small files before the nightly refresh reads them."""
    for dataset in all_declared():
        store().compact(dataset.name)
