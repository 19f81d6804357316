"""What the readings can be asked for: figures that insight has computed."""

from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Q, Value
from django.utils.translation import gettext_lazy as _

from guanxi.customer.filters import options
from guanxi.customer.filters.fields import Ago, Choice, Flag, Label, Number, Share, Text, register
from guanxi.customer.filters.kinds import ComputedTag
from guanxi.customer.models import Reading

AT_LEAST_AT_MOST = ("at_least", "at_most")


def _overdue(at: datetime) -> Q:
    """Later than the upper end of the customer's own purchase cycle."""
    day = Value(timedelta(days=1), output_field=DurationField())
    due = ExpressionWrapper(F("reading__cycle_high") * day, output_field=DurationField())
    return Q(reading__last_order_at__lt=Value(at) - due)


def _figure(key: str, label: Label, at_least: Label, at_most: Label, digits: int | None = 0) -> None:
    said = dict(zip(AT_LEAST_AT_MOST, (at_least, at_most), strict=True))
    register(Number(key=key, label=label, path=f"reading__{key}", phrases=said, digits=digits))


def register_reading_fields() -> None:
    """Called once, when the app starts."""
    register(
        Choice(
            key="stage",
            label=_("Stage"),
            path="reading__stage",
            choices=lambda: Reading.Stage.choices,
            phrases={"in": _("in stage %(value)s"), "not_in": _("not in stage %(value)s")},
        )
    )
    register(
        Choice(
            key="tier",
            label=_("Tier"),
            path="reading__tier",
            choices=lambda: Reading.Tier.choices,
            phrases={"in": _("of tier %(value)s"), "not_in": _("not of tier %(value)s")},
        )
    )
    register(
        Choice(
            key="loyalty",
            label=_("Loyalty"),
            path="reading__loyalty",
            choices=lambda: Reading.Loyalty.choices,
            phrases={"in": _("of loyalty type %(value)s"), "not_in": _("not of loyalty type %(value)s")},
        )
    )
    register(
        Choice(
            key="growth",
            label=_("Growth"),
            path="reading__growth",
            choices=lambda: Reading.Growth.choices,
            phrases={"in": _("in growth cell “%(value)s”"), "not_in": _("not in growth cell “%(value)s”")},
        )
    )
    register(
        ComputedTag(
            key="computed_tag",
            label=_("Computed tag"),
            choices=options.computed_tags,
            phrases={"in": _("found to be %(value)s"), "not_in": _("not found to be %(value)s")},
        )
    )
    _figure(
        "expected_value",
        _("Expected value"),
        _("with an expected value of at least %(value)s"),
        _("with an expected value of at most %(value)s"),
    )
    _figure(
        "profit",
        _("Expected profit"),
        _("with an expected profit of at least %(value)s"),
        _("with an expected profit of at most %(value)s"),
        digits=None,
    )
    _figure(
        "lifetime",
        _("Lifetime value"),
        _("with a lifetime value of at least %(value)s"),
        _("with a lifetime value of at most %(value)s"),
    )
    _figure(
        "at_stake",
        _("At stake, if woken"),
        _("with at least %(value)s at stake, if woken"),
        _("with at most %(value)s at stake, if woken"),
    )
    _figure(
        "revenue_year",
        _("Revenue, 12 months"),
        _("with at least %(value)s revenue in 12 months"),
        _("with at most %(value)s revenue in 12 months"),
    )
    _figure(
        "revenue",
        _("Revenue, all time"),
        _("with at least %(value)s revenue ever"),
        _("with at most %(value)s revenue ever"),
    )
    _figure("orders", _("Orders"), _("with at least %(value)s orders"), _("with at most %(value)s orders"))
    _figure(
        "returns_amount", _("Returns"), _("with returns of at least %(value)s"), _("with returns of at most %(value)s")
    )
    _figure(
        "strength_behaviour",
        _("Strength: behaviour"),
        _("with a behaviour strength of at least %(value)s"),
        _("with a behaviour strength of at most %(value)s"),
    )
    register(
        Share(
            key="churn",
            label=_("Chance to stay away"),
            path="reading__churn",
            phrases={
                "at_least": _("with a chance of at least %(value)s to stay away"),
                "at_most": _("with a chance of at most %(value)s to stay away"),
            },
        )
    )
    register(
        Text(
            key="rfm",
            label=_("RFM cell"),
            path="reading__rfm",
            phrases={"is": _("in RFM cell %(value)s"), "starts": _("in an RFM cell that starts with %(value)s")},
        )
    )
    register(
        Ago(
            key="last_order",
            label=_("Last order"),
            path="reading__last_order_at",
            phrases={
                "within": _("who bought within %(value)s"),
                "before": _("silent for more than %(value)s"),
                "never": _("who never bought"),
            },
        )
    )
    register(
        Ago(
            key="first_order",
            label=_("First order"),
            path="reading__first_order_at",
            phrases={
                "within": _("who first bought within %(value)s"),
                "before": _("customers for more than %(value)s"),
            },
        )
    )
    register(
        Flag(
            key="cycle",
            label=_("Own purchase cycle"),
            conditions={"overdue": _overdue, "not_overdue": lambda at: ~_overdue(at)},
            phrases={
                "overdue": _("overdue by their own purchase cycle"),
                "not_overdue": _("not overdue by their own purchase cycle"),
            },
        )
    )
