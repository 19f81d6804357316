"""The columns that the record itself offers."""

from django.utils.translation import gettext_lazy as _

from guanxi.customer.listing import cells
from guanxi.customer.listing.columns import Column, offer

PROFIT, LIFETIME = (tuple(f"reading__{name}{end}" for end in ("", "_low", "_high")) for name in ("profit", "lifetime"))
VALUES = ("reading__expected_value", "reading__expected_value_low", "reading__expected_value_high")
TOUCHES = ("touched_at", "reading__last_order_at", "last_channel")
OWN = (
    Column(key="stage", label=_("Stage"), needs=("reading__stage",), cell=cells.stage, sort="stage"),
    Column(key="tier", label=_("Tier"), needs=("reading__tier",), cell=cells.tier, sort="tier"),
    Column(key="strength", label=_("Strength"), needs=cells.STRENGTHS, cell=cells.strength, sort="strength"),
    Column(key="trend", label=_("12 months"), needs=("reading__monthly",), cell=cells.trend),
    Column(
        key="expected_value",
        label=_("Value"),
        needs=VALUES[:1],
        cell=cells.expected_value,
        sort="expected_value",
        style="num",
    ),
    Column(key="whisker", label=_("Interval"), needs=VALUES, cell=cells.whisker, style="mid"),
    Column(key="interval", label=_("80% interval"), needs=VALUES, cell=cells.interval, style="num"),
    Column(
        key="churn",
        label=_("Chance to stay away"),
        needs=("reading__churn",),
        cell=cells.share("reading__churn"),
        sort="churn",
        style="num",
    ),
    Column(
        key="profit",
        label=_("Expected profit"),
        needs=PROFIT,
        cell=cells.estimate("reading__profit"),
        sort="profit",
        style="num",
    ),
    Column(
        key="lifetime",
        label=_("Lifetime value"),
        needs=LIFETIME,
        cell=cells.estimate("reading__lifetime"),
        sort="lifetime",
        style="num",
    ),
    Column(
        key="at_stake",
        label=_("At stake, if woken"),
        needs=("reading__at_stake",),
        cell=cells.figure("reading__at_stake"),
        sort="at_stake",
        style="num",
    ),
    Column(
        key="revenue_year",
        label=_("Revenue"),
        needs=("reading__revenue_year",),
        cell=cells.figure("reading__revenue_year"),
        sort="revenue_year",
        style="num",
    ),
    Column(
        key="revenue",
        label=_("Revenue, all time"),
        needs=("reading__revenue",),
        cell=cells.figure("reading__revenue"),
        sort="revenue",
        style="num",
    ),
    Column(
        key="orders",
        label=_("Orders"),
        needs=("reading__orders",),
        cell=cells.figure("reading__orders"),
        sort="orders",
        style="num",
    ),
    Column(
        key="last_order",
        label=_("Last order"),
        needs=("reading__last_order_at",),
        cell=cells.last_order,
        sort="last_order",
    ),
    Column(key="touched", label=_("Last touch"), needs=TOUCHES, cell=cells.touched, sort="touched"),
    Column(key="owner", label=_("Owner"), needs=("owner__name",), cell=cells.owner),
    Column(key="team", label=_("Team"), needs=("team__name",), cell=cells.team),
    Column(key="kind", label=_("Kind"), needs=("kind",), cell=cells.kind),
    Column(key="email", label=_("E-mail"), needs=("email",), cell=cells.email),
    Column(key="phone", label=_("Phone"), needs=("phone",), cell=cells.phone),
    Column(key="city", label=_("City"), needs=("city",), cell=cells.text("city")),
    Column(key="born", label=_("Birth date"), needs=("born", "kind"), cell=cells.born),
    Column(key="created", label=_("In the record since"), needs=("created_at",), cell=cells.created, sort="created"),
)


def offer_own_columns() -> None:
    """Called once, when the app starts."""
    for each in OWN:
        offer(each)
