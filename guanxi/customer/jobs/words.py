"""The words of customers' names, by which a misspelt one is put right."""

from guanxi.customer.search import relearn
from guanxi.foundation.jobs.declare import every


@every("20 2 * * *", "customer.relearn_words")
def relearn_words() -> None:
    """Every night (UTC): forget what nobody bears any more, and learn what a killed process left out."""
    relearn()
