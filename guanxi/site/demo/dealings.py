"""What the colleagues lived through with their best customers lately: talks, promises, a file, machines and levels."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guanxi.customer.actions import hold_meeting, log_call, write_note
from guanxi.customer.assets.actions import add_asset, record_service
from guanxi.customer.engagement.entries import pin
from guanxi.customer.engagement.files import keep_file
from guanxi.customer.engagement.promises import keep_promise, make_promise, note_breaches
from guanxi.customer.engagement.tasks import finish_task, set_task
from guanxi.customer.levels.actions import set_level
from guanxi.customer.models import Event, Level, Party, PrivacyRequest, Promise
from guanxi.customer.models import ServiceRecord as Service
from guanxi.customer.privacy.actions import open_request
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now
from guanxi.site.demo.telling import TELLINGS, Telling

SELLERS = ("rep", "rep3", "rep5")  # each with the best customer of either language
DAY = timedelta(days=1)
BOUGHT, WARRANTY = date(2010, 3, 15), date(2012, 1, 20)  # the warranty is about to end
SERVICED = (date(2011, 3, 14), date(2011, 9, 20))


@dataclass(frozen=True)
class Bond:
    """A customer, who looks after them, and the words that pass between the two."""

    party: Party
    by: User
    says: Telling
    at: datetime

    def ago(self, days: float) -> datetime:
        """The present moment less so many days."""
        return self.at - days * DAY

    def day(self, days: int) -> date:
        """A day from the present one on."""
        return self.at.date() + days * DAY


def deal(people: dict[str, User]) -> None:
    """Tell it all, once."""
    if Promise.objects.exists():
        return
    at = now()
    bonds = [bond for mailbox in SELLERS for bond in _bonds(people[mailbox], at)]
    for bond in bonds:
        _talk(bond)
        _promise(bond)
        _own(bond)
    note_breaches(at=at)
    _decide(bonds, people["manager"])
    _ask(bonds[0], people["admin"])


def _bonds(by: User, at: datetime) -> list[Bond]:
    best = Party.objects.filter(owner=by, kind=Party.Kind.ORGANISATION).order_by("-reading__revenue_year", "pk")
    found = ((best.filter(language=language).first(), says) for language, says in TELLINGS.items())
    return [Bond(party, by, says, at) for party, says in found if party is not None]


def _talk(bond: Bond) -> None:
    party, by, says = bond.party, bond.by, bond.says
    write_note(party=party, text=says.note, by=by, at=bond.ago(60))
    note = Event.objects.filter(party=party, kind="customer.note_written").latest("at", "id")
    pin(event=note, by=by, at=bond.ago(60))
    log_call(party=party, text="", reached=False, minutes=None, incoming=False, by=by, at=bond.ago(22))
    log_call(party=party, text=says.call, reached=True, minutes=7, incoming=True, by=by, at=bond.ago(21))
    hold_meeting(
        party=party, text=says.meeting, place=says.place, people=says.people, by=by, at=bond.ago(12)
    )  # fmt: skip
    keep_file(party=party, name=says.file_name, blocks=[says.file.encode()], by=by, at=bond.ago(12))
    done = set_task(party=party, what=says.done, due_on=bond.day(-9), assignee=by, by=by, at=bond.ago(12))
    finish_task(task=done, by=by, at=bond.ago(10))
    set_task(party=party, what=says.task, due_on=bond.day(1), assignee=by, by=by, at=bond.ago(1))


def _promise(bond: Bond) -> None:
    """One kept in time, one kept two days late, one broken, one for tomorrow."""
    party, by, says = bond.party, bond.by, bond.says
    kept = make_promise(party=party, what=says.kept, due_on=bond.day(-16), by=by, at=bond.ago(21))
    late = make_promise(party=party, what=says.late, due_on=bond.day(-10), by=by, at=bond.ago(12))
    keep_promise(promise=kept, by=by, at=bond.ago(17))
    keep_promise(promise=late, by=by, at=bond.ago(8))
    make_promise(party=party, what=says.broken, due_on=bond.day(-2), by=by, at=bond.ago(12))
    make_promise(party=party, what=says.pending, due_on=bond.day(1), by=by, at=bond.ago(3))


def _own(bond: Bond) -> None:
    party, by, says = bond.party, bond.by, bond.says
    machine = add_asset(
        party=party, name=says.machine, product=None, serial=f"NG-{party.pk:05d}", bought_on=BOUGHT,
        warranty_until=WARRANTY, place=says.stands, by=by, at=bond.ago(59),
    )  # fmt: skip
    done = ((Service.Kind.MAINTENANCE, says.maintenance), (Service.Kind.REPAIR, says.repair))
    for on, (kind, what) in zip(SERVICED, done, strict=True):
        record_service(
            asset=machine, kind=kind, on=on, what=what, workshop=says.workshop,
            under_warranty=kind == Service.Kind.REPAIR, next_due_on=on + 182 * DAY, by=by, at=bond.ago(58),
        )  # fmt: skip


def _decide(bonds: list[Bond], by: User) -> None:
    """Two customers are kept closer than their tier asks for."""
    for bond, level in zip(bonds, (Level.PARTNERSHIP, Level.PROACTIVE), strict=False):
        set_level(party=bond.party, level=level, reason=bond.says.reason, by=by, at=bond.ago(30))


def _ask(bond: Bond, by: User) -> None:
    """A customer would like to see what is held."""
    how, kind = bond.says.letter, PrivacyRequest.Kind.ACCESS
    open_request(party=bond.party, kind=kind, how=how, received_at=bond.ago(6), by=by, at=bond.ago(5))
