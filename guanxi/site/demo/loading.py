"""Loading the demonstration: each step can be repeated, so that a load that was cut goes on where it stood."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice

from django.utils import timezone

from guanxi.customer.intake import Incoming, ensure_source, take_in
from guanxi.customer.models import Source
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.actions import found_company, open_company
from guanxi.foundation.company.clock import now
from guanxi.foundation.company.queries import current
from guanxi.insight.offering import make_offers
from guanxi.insight.refresh import refresh
from guanxi.site.demo.bonds import tie
from guanxi.site.demo.campaign import plan_campaign
from guanxi.site.demo.colleagues import hire
from guanxi.site.demo.customers import incoming_contacts, incoming_firms
from guanxi.site.demo.dealings import deal
from guanxi.site.demo.lines import take_lines
from guanxi.site.demo.pools import draw, open_pool
from guanxi.site.demo.replay import replay
from guanxi.site.demo.segments import suggest_segments
from guanxi.site.demo.vocabulary import speak

LAST_DAY = date(2011, 12, 9)
NOON = datetime(2011, 12, 9, 12, 50, tzinfo=UTC)  # the last line of the data
SOURCE = "wholesale"
BATCH = 5_000


def load(*, say: Callable[[str], None]) -> None:
    """Load the demonstration company; `say` hears one line a step. The company opens when all of it is there."""
    say("Loading the demonstration company: a wholesaler's real invoices, invented names")
    _found()
    people = hire()
    source = ensure_source(key=SOURCE, name="Wholesale ledger", rank=20)
    draw(people)
    _take_customers(source, people)
    say("  customers, contacts and consents are in")
    take_lines(SOURCE, say)
    _refresh(say)
    replay(people["manager"])
    suggest_segments(people["marketer"])
    plan_campaign(people["marketer"])
    open_pool(people)
    deal(people)
    _refresh(say)  # what the colleagues have lived through since is known to the figures too
    make_offers(at=now())
    say("  offers: done")
    speak(people)
    open_company(at=timezone.now())


def _found() -> None:
    if current() is None:
        found_company(
            name="Northgate Wholesale",
            currency="GBP",
            timezone="Europe/London",
            country="GB",
            clock_day=LAST_DAY,
            is_demo=True,
            margin=0.38,
            discount=0.1,
            order_cost=6.0,
            contact_cost=4.0,
        )


def _refresh(say: Callable[[str], None]) -> None:
    refresh(as_of=now(), at=now(), by=None, progress=lambda step: say(f"  refresh: {step.step or 'done'}"))


def _take_customers(source: Source, people: dict[str, User]) -> None:
    for batch in _batches(incoming_firms(people)):
        take_in(source=source, records=batch, at=NOON, by=None)
    for batch in _batches(incoming_contacts(people)):
        take_in(source=source, records=batch, at=NOON, by=None)
    tie(source)


def _batches(items: Iterator[Incoming]) -> Iterator[Sequence[Incoming]]:
    while batch := list(islice(items, BATCH)):
        yield batch
