"""The actions that every company starts with: whom to call or write to this week, whom to leave in peace."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guanxi.foundation.ui import formats
from guanxi.insight.candidates.registry import Candidate, Facts, Stake
from guanxi.insight.scores.figures import QUARTER, Figures, Flags, Floats
from guanxi.insight.scores.orders import INTERVAL

TOUCHES = 3  # in ten days: one more earns nothing
WEEKS = 28.0  # days


def _order(figures: Figures, eligible: Flags, chance: Floats) -> Stake:
    """One order is at stake, as far as it would still come."""
    return Stake(eligible, chance * figures["order"], chance * figures["order_low"], chance * figures["order_high"])


def _overdue(figures: Figures) -> Stake:
    silent, repeat = figures["since"], figures["gaps"] >= 2
    eligible = repeat & (silent > figures["cycle_high"]) & (silent <= figures["gone"])
    return _order(figures, eligible, figures["chance"])


def _falling(figures: Figures) -> Stake:
    """At stake is what the quarter fell short of, for four weeks. Interval: purchases as they come by chance, each of
    random size."""
    short = (figures["quarter_expected"] - figures["sales_quarter"]) * WEEKS / QUARTER
    days = figures["days_quarter"] + figures["days_quarter_expected"]
    reach = INTERVAL * np.sqrt(days * figures["order_square"]) * WEEKS / QUARTER
    eligible = (figures["growth"] <= -0.4) & (figures["days"] >= 4) & (figures["since"] <= figures["gone"])
    return Stake(eligible, short, np.clip(short - reach, 0.0, None), short + reach)


def _second_order(figures: Figures) -> Stake:
    eligible = (figures["days"] == 1) & (figures["since"] >= 14) & (figures["since"] <= 60)
    return _order(figures, eligible, figures["chance"])


def _win_back(figures: Figures) -> Stake:
    eligible = (figures["days"] >= 3) & (figures["since"] > figures["gone"])
    return _order(figures, eligible, figures["chance"])


def _returns(figures: Figures) -> Stake:
    share = np.nan_to_num(figures["returns_quarter_share"])
    eligible = (share >= 0.2) & (figures["returns_quarter"] >= figures["order_low"]) & (share < 5)
    return _order(figures, eligible, np.minimum(share, 1.0))


def _silence(figures: Figures) -> Stake:
    nothing = np.zeros(len(figures))
    return Stake(figures["touches"] >= TOUCHES, nothing, nothing, nothing)


def _number(facts: Facts, name: str) -> str:
    return formats.number(facts[name] or 0, 0)


def _call_overdue(facts: Facts) -> str:
    days = round(max(facts["since"] - facts["cycle"], 0))
    return ngettext(
        "Call: the order is %(days)s day past its usual day",
        "Call: the order is %(days)s days past its usual day",
        days,
    ) % {"days": formats.number(days)}


def _save_falling(facts: Facts) -> str:
    return _("Save the account: sales down %(down)s") % {"down": formats.percent(-facts["growth"])}


def _win_second(_facts: Facts) -> str:
    return _("Write: win the second order")


def _call_back(facts: Facts) -> str:
    return _("Win back: silent for %(since)s days") % {"since": _number(facts, "since")}


def _ask_returns(facts: Facts) -> str:
    return _("Ask what was wrong: %(share)s came back") % {"share": formats.percent(facts["returns_quarter_share"])}


def _say_nothing(_facts: Facts) -> str:
    return _("Say nothing this week")


def _why_overdue(facts: Facts) -> str:
    return _(
        "Silent for %(day)s days; usually %(cycle)s pass between orders (80%%: %(low)s–%(high)s). "
        "Chance of an order within 28 days: %(chance)s."
    ) % {
        "day": _number(facts, "since"),
        "cycle": _number(facts, "cycle"),
        "low": _number(facts, "cycle_low"),
        "high": _number(facts, "cycle_high"),
        "chance": formats.percent(facts["chance"]),
    }


def _why_falling(facts: Facts) -> str:
    down = formats.percent(-facts["growth"])
    if facts["by_last_year"]:
        return _("Sales of the last 90 days are down %(down)s against the same days last year.") % {"down": down}
    return _("Sales of the last 90 days are down %(down)s against the 90 days before, with the season allowed for.") % {
        "down": down
    }


def _why_second(facts: Facts) -> str:
    return _("Bought once, %(days)s days ago. Chance of a second order within 28 days: %(chance)s.") % {
        "days": _number(facts, "since"),
        "chance": formats.percent(facts["chance"]),
    }


def _why_win_back(facts: Facts) -> str:
    return _(
        "Bought on %(days)s days, then silent for %(since)s days; after %(gone)s such customers are usually gone."
    ) % {
        "days": _number(facts, "days"),
        "since": _number(facts, "since"),
        "gone": _number(facts, "gone"),
    }


def _why_returns(facts: Facts) -> str:
    return _("Returned %(share)s of what was bought in the last 90 days.") % {
        "share": formats.percent(facts["returns_quarter_share"])
    }


def _why_silence(facts: Facts) -> str:
    return _(
        "Heard from us %(touches)s times in ten days. One more message this week is more likely to tire than to sell."
    ) % {"touches": _number(facts, "touches")}


CALL = gettext_lazy("Call")

STARTING = (
    Candidate(
        key="overdue", title=_call_overdue, reason=_why_overdue, stake=_overdue,
        shows=("since", "cycle", "cycle_low", "cycle_high", "chance"), icon="call", do=CALL,
    ),
    Candidate(
        key="falling", title=_save_falling, reason=_why_falling, stake=_falling,
        shows=("growth", "sales_quarter", "quarter_expected", "by_last_year"), icon="call", do=CALL,
    ),
    Candidate(
        key="second_order", title=_win_second, reason=_why_second, stake=_second_order,
        shows=("since", "chance"), icon="mail", do=gettext_lazy("Write"),
    ),
    Candidate(
        key="win_back", title=_call_back, reason=_why_win_back, stake=_win_back,
        shows=("days", "since", "gone", "chance"), icon="call", do=CALL, rest_days=90,
    ),
    Candidate(
        key="returns", title=_ask_returns, reason=_why_returns, stake=_returns,
        shows=("returns_quarter_share", "returns_quarter"), icon="call", do=CALL, horizon_days=90, rest_days=90,
    ),
    Candidate(
        key="silence", title=_say_nothing, reason=_why_silence, stake=_silence,
        shows=("touches",), icon="bell", do=gettext_lazy("Agree"), horizon_days=7, rest_days=7, overrides=True,
    ),
)  # fmt: skip
