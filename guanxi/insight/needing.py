"""What customers can be asked for by what they are due to buy again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guanxi.customer.filters import register
from guanxi.customer.filters.fields import Control, Names, Text, Value
from guanxi.insight.models import Need
from guanxi.insight.queries.needs import articles
from guanxi.insight.scores.needs import SOON

KEY = "due_again"


@dataclass(frozen=True, kw_only=True)
class DueAgain(Text):
    """Due within two weeks, or late. Comparisons: `article` (with these words in number or name), `something`."""

    def control(self, comparison: str) -> Control:
        return "nothing" if comparison == "something" else super().control(comparison)

    def read(self, comparison: str, value: object) -> Value:
        return None if comparison == "something" else super().read(comparison, value)

    def where(self, comparison: str, value: Any, at: datetime) -> Q:
        found = Need.objects.filter(due_on__lte=timezone.localdate(at) + timedelta(SOON))
        if comparison == "article":
            found = found.filter(article__in=articles(value).values("sku"))
        return Q(pk__in=found.values("party"))

    def said(self, comparison: str, value: Any, names: Names) -> str:
        return "" if comparison == "something" else super().said(comparison, value, names)


def register_needs() -> None:
    """Called once, when the app starts."""
    register(
        DueAgain(
            key=KEY,
            label=_("Due again"),
            phrases={
                "article": _("due to buy “%(value)s” again within two weeks, or late"),
                "something": _("due to buy something again within two weeks, or late"),
            },
        )
    )
