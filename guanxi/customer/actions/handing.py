"""A leaver's book handed over in one act, and given back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from guanxi.customer.access import holders
from guanxi.customer.actions.giving import Gift, Held, gift, give, give_back, hold, still_given
from guanxi.customer.intake.bulk import copy_in
from guanxi.customer.models import HandedOver, Handover, Party
from guanxi.customer.pool import portions
from guanxi.customer.pool.caps import in_turn
from guanxi.customer.pool.dealing import deal
from guanxi.customer.queries.books import book_of
from guanxi.customer.territories import worked_by
from guanxi.foundation.access.actions import place_member
from guanxi.foundation.accounts.models import User
from guanxi.foundation.audit.actions import record as note
from guanxi.foundation.errors import UserError

ITEM = ("handover_id", "source_record_id", "party_id", "from_team_id", "to_id")


@dataclass(frozen=True)
class GivenBack:
    """What came of an undo: how many customers and how much other work went back; who kept whom stays in the items."""

    customers: int
    work: int


@transaction.atomic
def hand_over(
    *,
    leaver: User,
    receivers: Sequence[User],
    way: str,
    moving: Collection[str],
    close_log_in: bool,
    by: User,
    at: datetime,
) -> Handover:
    """Give all customers of a colleague to others; `moving` names the portions of work that go along.

    Raises UserError, and changes nothing: nobody receives, a receiver may not look after customers, or nobody could
    administer.
    """
    _refuse(leaver, receivers)
    in_turn([leaver.pk])
    book = book_of(leaver)
    held = {each.pk: each for each in hold([pk for pk, _territory in book], at=at) if each.owner == leaver.pk}
    dealt = deals([each for each in book if each[0] in held], receivers, way)
    people = {each.pk: each for each in receivers}
    made = Handover.objects.create(leaver=leaver, way=way, at=at, by=by, customers=len(dealt))
    made.receivers.set(receivers)
    give([gift(held[pk], people[to]) for pk, to in dealt.items()], by=by, at=at)
    _keep_items(made, held, dealt)
    made.moved = {
        each.key: portions.move(each, leaver, [one.pk for one in receivers])
        for each in portions.portions()
        if each.key in moving
    }
    made.closed_log_in = close_log_in and leaver.is_active
    if made.closed_log_in:
        _open_log_in(leaver, False, by, at)
    made.save(update_fields=["moved", "closed_log_in"])
    note(
        verb="customer.handed_over", by=by, at=at, subject=f"user:{leaver.pk}", handover=made.pk,
        customers=len(dealt), receivers=sorted(people), way=way,
    )  # fmt: skip
    return made


@transaction.atomic
def undo_handover(*, handover: Handover, by: User, at: datetime) -> GivenBack:
    """Give the leaver back what nobody has reassigned since, once. Raises UserError when it was undone already.

    What the leaver may not hold beside what they claimed meanwhile stays with its receiver.
    """
    in_turn([handover.leaver_id])
    made = Handover.objects.select_for_update(of=("self",)).select_related("leaver").get(pk=handover.pk)
    if made.undone_at is not None:
        raise UserError(_("This hand-over has been undone already. Nothing was changed."))
    items = {home: (to, team) for home, to, team in made.items.values_list("source_record__home", "to", "from_team")}
    with_receivers = (each for each in hold(items, at=at, ever=True) if each.owner == items[each.pk][0])
    gifts = [Gift(each, made.leaver_id, items[each.pk][1]) for each in still_given(with_receivers, since=made.at)]
    back = give_back(gifts, since=made.at, by=by, at=at)
    made.items.filter(source_record__home__in=back).update(given_back_at=at)
    known = {each.key: each for each in portions.portions()}
    work = sum(portions.give_back(known[key], made.leaver, rows) for key, rows in made.moved.items() if key in known)
    if made.closed_log_in and not made.leaver.is_active:
        _open_log_in(made.leaver, True, by, at)
    made.undone_at, made.undone_by = at, by
    made.save(update_fields=["undone_at", "undone_by"])
    note(verb="customer.handover_undone", by=by, at=at, subject=f"user:{made.leaver_id}", handover=made.pk)
    return GivenBack(len(back), work)


def deals(book: Sequence[tuple[int, int | None]], receivers: Sequence[User], way: str) -> dict[int, int]:
    """How a book would be dealt out today: {party: receiver}; asked by the preview too."""
    if not receivers:
        return {}
    counted = Party.objects.filter(owner__in=receivers).values_list("owner").annotate(n=Count("pk")).order_by()
    worked = {each.pk: set(worked_by(each)) for each in receivers} if way == Handover.Way.TERRITORY else {}
    return deal(book, [each.pk for each in receivers], way, loads=dict(counted), worked=worked)


def _refuse(leaver: User, receivers: Sequence[User]) -> None:
    if not receivers:
        raise UserError(_("Choose at least one colleague who receives the customers. Nothing was changed."))
    if leaver.pk in {each.pk for each in receivers}:
        raise UserError(_("%(name)s cannot receive their own customers. Nothing was changed.") % {"name": leaver.name})
    able = set(holders().values_list("pk", flat=True))
    if unable := [each.name for each in receivers if each.pk not in able]:
        raise UserError(
            _("%(names)s cannot log in or change customers, and so cannot look after any. Nothing was changed.")
            % {"names": ", ".join(unable)}
        )


def _keep_items(made: Handover, held: dict[int, Held], dealt: dict[int, int]) -> None:
    copy_in(HandedOver, ITEM, ((made.pk, held[pk].record, pk, held[pk].team, to) for pk, to in dealt.items()))


def _open_log_in(member: User, is_open: bool, by: User, at: datetime) -> None:
    member.is_active = is_open
    place_member(member=member, by=by, at=at)
