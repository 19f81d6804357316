"""The questions that methods compete for, and the measure by which each is judged.

To add one: a `Question` in `QUESTIONS` below, the names of its methods in `words.METHODS`, and in the step of the
refresh that lets them compete one call of `refresh.cards.write_cards`, baselines first. The pages of the models, the
comparison with the baseline and the drift over past refreshes follow from that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanxi.foundation.ui import formats

Unit = Literal["number", "money", "share"]
Sample = Mapping[str, Any]
OFFERS = "offers"  # the step that makes them, apart from the refreshes
CUSTOMERS = gettext_lazy("Customers")
NOTHING = gettext_lazy("No method could tell anything here, so nothing is shown.")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure of a method on data it had not seen, kept on its card under `key`.

    name: heads its column. said: stands in a sentence, as in "its mean error is 0.4". meaning: explains it, where the
    name does not. digits: of a number or a share; money is rounded to the whole.
    """

    key: str
    name: Promise
    said: Promise | None = None
    meaning: Promise | None = None
    unit: Unit = "number"
    digits: int = 0
    more_is_better: bool = False


def held_out(sample: Sample) -> str:
    """How forecasts were tried: on the last days, of which the methods knew nothing."""
    return _(
        "Each method was shown only the days before the last %(days)s, forecast these %(days)s days for %(customers)s"
        " customers, and was then compared with what they did."
    ) % {"days": formats.number(sample["horizon"], 0), "customers": formats.number(sample["customers"], 0)}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of every customer, and how answers are judged.

    judged_by: the measure that chooses the method. shows: what else the table of methods tells. unit, digits: of the
    answer itself, as in the tenths; counted: of what these are. tried: says on what the methods were tried.
    of_baseline: what the product shows where the plain forecast wins, if that needs saying. no_signal: what it does
    where no method is used at all. made_by: the step that answers it apart from the refreshes; its cards hang on the
    refresh that it answered as of, and stand until it has run again.
    """

    key: str
    sentence: Promise
    judged_by: Measure
    shows: tuple[Measure, ...] = ()
    unit: Unit = "number"
    digits: int = 0
    counted: Promise = CUSTOMERS
    tried: Callable[[Sample], str] = held_out
    of_baseline: Promise | None = None
    no_signal: Promise = NOTHING
    made_by: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The deciding measure first."""
        return (self.judged_by, *self.shows)


def _a_horizon_later(sample: Sample) -> str:
    return _(
        "Learnt from who came back within %(days)s days up to %(cut)s, and tried on the %(days)s days after it:"
        " %(customers)s customers, of whom %(share)s stayed away."
    ) % {
        "days": formats.number(sample["horizon"], 0),
        "cut": formats.day(date.fromisoformat(sample["cut"])),
        "customers": formats.number(sample["customers"], 0),
        "share": formats.percent(sample["share"]),
    }


def _forecast(key: str, sentence: Promise, unit: Unit) -> Question:
    total = gettext_lazy("Total forecast")
    return Question(
        key=key,
        sentence=sentence,
        unit=unit,
        digits=2,
        of_baseline=gettext_lazy("Who bought on one day only has no rate yet, and nothing is expected of them."),
        judged_by=Measure(
            key="mae",
            name=gettext_lazy("Mean error per customer"),
            said=gettext_lazy("mean error per customer"),
            unit=unit,
            digits=3,
        ),
        shows=(
            Measure(key="total", name=total, unit=unit),
            Measure(key="actual", name=gettext_lazy("Came"), unit=unit),
            Measure(key="total_error", name=gettext_lazy("Off by"), unit="share"),
            Measure(key="top_decile_share", name=gettext_lazy("Bought by its top tenth"), unit="share"),
        ),
    )


AUC = Measure(
    key="auc",
    name=gettext_lazy("Ranking (AUC)"),
    said=gettext_lazy("ranking (AUC)"),
    meaning=gettext_lazy(
        "how often, of one to whom it happened and one to whom it did not, the right one comes first; 0.5 is a guess."
    ),
    digits=3,
    more_is_better=True,
)
BRIER = Measure(
    key="brier",
    name=gettext_lazy("Squared error of the chance"),
    meaning=gettext_lazy("mean over all customers; what only ranks gives no chance and has none."),
    digits=3,
)
CHURN = Question(
    key="churn",
    sentence=gettext_lazy("Who will not buy again within the horizon?"),
    unit="share",
    judged_by=AUC,
    shows=(
        BRIER,
        Measure(key="told", name=gettext_lazy("Chance told, on average"), unit="share"),
        Measure(key="came", name=gettext_lazy("Stayed away"), unit="share"),
    ),
    tried=_a_horizon_later,
    of_baseline=gettext_lazy("No chance to stay away is shown; stage and cycle say how long a silence is."),
    no_signal=gettext_lazy(
        "Who stays away could not be told beforehand, so no chance to stay away is shown; stage and cycle say how long"
        " a silence is."
    ),
)


def _latest_gap(sample: Sample) -> str:
    return _(
        "Each method was shown all gaps but the latest of %(cycles)s cycles (a customer and an article bought on three"
        " days or more; %(customers)s customers), and forecast the latest."
    ) % {"cycles": formats.number(sample["cycles"], 0), "customers": formats.number(sample["customers"], 0)}


def _last_days(sample: Sample) -> str:
    return _(
        "Each order was made of what was known %(days)s days earlier, for %(cases)s cases that were due then, and"
        " compared with what was bought in these %(days)s days."
    ) % {
        "days": formats.number(sample["horizon"], 0),
        "cases": formats.number(sample.get("cases", sample["customers"]), 0),
    }


NEXT_NEED = Question(
    key="next_need",
    sentence=gettext_lazy("When will a customer buy an article again?"),
    judged_by=Measure(
        key="mae", name=gettext_lazy("Mean error in days"), said=gettext_lazy("mean error in days"), digits=1
    ),
    shows=(Measure(key="coverage", name=gettext_lazy("Inside the 80% interval"), unit="share"),),
    tried=_latest_gap,
    of_baseline=gettext_lazy("An article is due when the customer’s own mean gap has passed."),
)
FIRST_NEEDS = Question(
    key="first_needs",
    sentence=gettext_lazy("Which articles will be bought again within two weeks?"),
    judged_by=Measure(
        key="first_tenth",
        name=gettext_lazy("Bought of its first tenth"),
        said=gettext_lazy("share bought of its first tenth"),
        unit="share",
        more_is_better=True,
    ),
    shows=(
        Measure(key="all", name=gettext_lazy("Bought of all"), unit="share"),
        AUC,
    ),
    unit="share",
    counted=gettext_lazy("Cases"),
    tried=_last_days,
    of_baseline=gettext_lazy("The list “Due again” begins with what was bought on most days."),
)


def _lists(key: str, sentence: Promise, tried: Callable[[Sample], str], of_baseline: Promise) -> Question:
    return Question(
        key=key,
        sentence=sentence,
        judged_by=Measure(
            key="recall",
            name=gettext_lazy("Found in ten"),
            said=gettext_lazy("share found in lists of ten"),
            meaning=gettext_lazy(
                "of the articles a customer bought in the days held out, the share that stood in the list of ten made"
                " before; the mean over customers."
            ),
            unit="share",
            digits=1,
            more_is_better=True,
        ),
        shows=(
            Measure(key="low", name=gettext_lazy("80% from"), unit="share", digits=1),
            Measure(key="high", name=gettext_lazy("80% to"), unit="share", digits=1),
            Measure(
                key="ndcg",
                name=gettext_lazy("Order (NDCG)"),
                meaning=gettext_lazy("the same, with the first places worth more; 1 is the best order there could be."),
                digits=3,
            ),
        ),
        tried=tried,
        of_baseline=of_baseline,
        made_by=OFFERS,
    )


def bought_again(sample: Sample) -> str:
    """How lists of what will be bought again were tried."""
    return _(
        "Each method was shown only the purchases before the last %(days)s days. Its lists were then compared with what"
        " %(customers)s customers bought again in these days."
    ) % {"days": formats.number(sample["horizon"], 0), "customers": formats.number(sample["customers"], 0)}


def bought_anew(sample: Sample) -> str:
    """How lists of new articles were tried."""
    return _(
        "Each method was shown only the purchases before the last %(days)s days. Its lists were then compared with what"
        " %(customers)s customers bought for the first time in these days."
    ) % {"days": formats.number(sample["horizon"], 0), "customers": formats.number(sample["customers"], 0)}


QUESTIONS = (
    _forecast("expected_orders", gettext_lazy("How many purchase days will a customer have?"), "number"),
    _forecast("expected_value", gettext_lazy("How much will a customer buy for?"), "money"),
    CHURN,
    NEXT_NEED,
    FIRST_NEEDS,
    _lists(
        "repeat_purchase",
        gettext_lazy("What will a customer buy again?"),
        bought_again,
        gettext_lazy("Each customer is offered first what most customers buy, of what the customer bought before."),
    ),
    _lists(
        "new_article",
        gettext_lazy("What new article will a customer buy?"),
        bought_anew,
        gettext_lazy("Each customer is offered what most customers buy and this one has not bought yet."),
    ),
)


def question(key: str) -> Question | None:
    """The question of this key; None for one that is asked no more."""
    return next((each for each in QUESTIONS if each.key == key), None)
