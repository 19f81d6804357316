"""What is due again: which customer needs which article, and when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guanxi.customer.access import visible_parties
from guanxi.foundation.accounts.models import User
from guanxi.foundation.catalogue.models import Product
from guanxi.foundation.ui import formats
from guanxi.insight.models import Need
from guanxi.insight.scores.needs import SOON

PAGE = 50
STATES = ("late", "coming")
ORDERS = {"": ("rank",), "day": ("due_on", "rank")}


@dataclass(frozen=True)
class Asked:
    """Which needs: as of a day, those late or coming or both, of articles with these words, from behind a rank on."""

    as_of: date
    state: str = ""
    words: str = ""
    order: str = ""
    after: int | None = None


@dataclass(frozen=True)
class Due:
    """A need in words, as of a day."""

    need: Need
    article: str
    as_of: date

    @cached_property
    def days(self) -> int:
        """From the day of the figures until it is due; below 0 when that day has passed."""
        return (self.need.due_on - self.as_of).days

    @property
    def is_overdue(self) -> bool:
        """Whether it has waited longer than nine in ten such cases do."""
        return self.need.high_on < self.as_of

    @property
    def when(self) -> str:
        if self.days < 0:
            return ngettext("%(days)s day past its usual day", "%(days)s days past its usual day", -self.days) % {
                "days": formats.number(-self.days)
            }
        if self.days == 0:
            return _("today")
        return ngettext("in %(days)s day", "in %(days)s days", self.days) % {"days": formats.number(self.days)}

    @property
    def span(self) -> str:
        """Between which days four in five such cases fall."""
        return _("80%%: %(low)s – %(high)s") % {
            "low": formats.short_day(self.need.low_on),
            "high": formats.short_day(self.need.high_on),
        }

    @property
    def why(self) -> str:
        usual = round(self.need.usual_days)
        every = ngettext("usually every day", "usually every %(days)s days", usual) % {"days": formats.number(usual)}
        return _("Bought on %(times)s days, %(every)s; last on %(day)s.") % {
            "times": formats.number(self.need.purchases),
            "every": every,
            "day": formats.day(self.need.last_on),
        }


def page_of_needs(reader: User, asked: Asked) -> tuple[list[Due], int | None]:
    """The next needs of customers whom the colleague looks after, and the rank behind which the page after begins."""
    found = _asked_for(asked).filter(party__in=visible_parties(reader, "today.read"))
    rows = list(found.select_related("party", "party__owner").order_by(*ORDERS[asked.order])[: PAGE + 1])
    more = rows[PAGE - 1].rank if len(rows) > PAGE else None
    return in_words(rows[:PAGE], asked.as_of), more


def needs_of(party: int, as_of: date) -> list[Due]:
    """What one customer is due to buy again, in the order of the days."""
    return in_words(list(Need.objects.filter(party=party).order_by("due_on", "rank")), as_of)


def in_words(needs: list[Need], as_of: date) -> list[Due]:
    """With the names of the articles, as the catalogue has them now."""
    numbers = {each.article for each in needs}
    names = dict(Product.objects.filter(sku__in=numbers).values_list("sku", "name"))
    return [Due(each, names.get(each.article, each.article), as_of) for each in needs]


def _asked_for(asked: Asked) -> "QuerySet[Need]":
    found = Need.objects.filter(due_on__lte=asked.as_of + timedelta(SOON))
    if asked.state:
        found = found.filter(due_on__lt=asked.as_of) if asked.state == "late" else found.filter(due_on__gte=asked.as_of)
    if asked.words:
        found = found.filter(article__in=articles(asked.words).values("sku"))
    return found if asked.after is None else found.filter(_behind(asked.after, asked.order))


def articles(words: str) -> "QuerySet[Product]":
    """Of the catalogue, those with all these words in number or name."""
    found = Product.objects.all()
    for word in words.split():
        found = found.filter(Q(sku__istartswith=word) | Q(name__icontains=word))
    return found


def _behind(rank: int, order: str) -> Q:
    """Behind the need of this rank; from the beginning, when the list has been made anew since and it is gone."""
    if order == "":
        return Q(rank__gt=rank)
    day = Need.objects.filter(rank=rank).values_list("due_on", flat=True).first()
    return Q() if day is None else Q(due_on__gt=day) | Q(due_on=day, rank__gt=rank)
