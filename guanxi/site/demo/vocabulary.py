"""Words and fields of the demo company's own: what it notes about customers that no other company would."""

from datetime import date, datetime, timedelta

from guanxi.customer.actions import correct_field, tag
from guanxi.customer.actions.tag_keeping import describe_tag
from guanxi.customer.fields.defining import define_field
from guanxi.customer.models import CustomField, Party, Tag
from guanxi.foundation.accounts.models import User
from guanxi.foundation.company.clock import now

PRICE_LISTS = ("Standard", "Trade", "年度协议价")
SELLERS = ("rep", "rep2", "rep3", "rep5")
EACH = 6  # customers a seller knows well enough
TAGS = {  # name → meaning, and which of a seller's customers bear it
    "Autumn fair 2011": ("Visited our stand in Birmingham, 4 to 7 September 2011.", (0, 2, 4)),
    "年节礼盒": ("每年中秋、春节订购礼盒；提前六周联系。", (1, 3)),
    "Pays by cheque": ("Orders are sent when the cheque has cleared.", (5,)),
}


def speak(people: dict[str, User]) -> None:
    """Define the fields and the tags, and note both for some customers of each seller, once."""
    if CustomField.objects.exists():
        return
    at = now() - timedelta(days=40)
    by, organisation = people["admin"], [Party.Kind.ORGANISATION]
    Kind = CustomField.Kind
    define_field(label="Price list", kind=Kind.CHOICE, choices=PRICE_LISTS, party_kinds=organisation, by=by, at=at)
    define_field(label="Contract ends", kind=Kind.DATE, party_kinds=organisation, by=by, at=at)
    define_field(
        label="Credit limit", kind=Kind.MONEY, help="Open invoices above it hold the next order back.",
        party_kinds=organisation, is_sensitive=True, by=by, at=at,
    )  # fmt: skip
    for mailbox in SELLERS:
        _note(people[mailbox], at)
    for name, (meaning, _whom) in TAGS.items():
        kept = Tag.objects.get(name=name)
        describe_tag(tag=kept, name=name, description=meaning, owner=people["manager"], by=by, at=at)


def _note(by: User, at: datetime) -> None:
    firms = Party.objects.filter(owner=by, kind=Party.Kind.ORGANISATION)
    best = list(firms.order_by("-reading__revenue_year", "pk")[:EACH])
    for place, party in enumerate(best):
        ends = date(2012, 1 + place, 28)
        said = {
            "Price list": PRICE_LISTS[place % 3],
            "Contract ends": f"{ends}",
            "Credit limit": f"{5000 - 500 * place}",
        }
        for field in CustomField.objects.filter(label__in=said):
            correct_field(party=party, field=field.name, text=said[field.label], by=by, at=at)
    for name, (_meaning, places) in TAGS.items():
        tag(parties=[best[place].pk for place in places if place < len(best)], name=name, by=by, at=at)
