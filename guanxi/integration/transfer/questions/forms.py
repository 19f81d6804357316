"""What is to be told, by what, and when each row was known."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.questions.columns import BLANK, Column, Kind
from guanxi.integration.transfer.questions.models import Question
from guanxi.integration.transfer.questions.work import BY_ROWS

YES = set("1 y yes true t won win success churned bought 是 有 成功 成交 赢单 已购买 流失".split())
NO = set("0 n no false f lost failure retained 否 无 没有 失败 输单 未成交 未购买 留存".split())


class Means(TextChoices):
    YES = "yes", _("yes: it happened")
    NO = "no", _("no: it did not")
    NEITHER = "neither", _("neither: leave these rows out")


class Use(TextChoices):
    TELL = "tell", _("tell by it")
    CLEARED = "cleared", _("tell by it: it is known beforehand")
    LEAVE = "leave", _("leave it out")


class OutcomeForm(forms.Form):
    """In which column the outcome stands: one with few values."""

    outcome = forms.TypedChoiceField(label=_("The outcome stands in"), coerce=int)

    def __init__(self, columns: list[Column], chosen: Column | None) -> None:
        super().__init__(initial={"outcome": chosen.place if chosen else ""})
        undecided = [] if chosen else [("", _("choose a column"))]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            *undecided,
            *((each.place, each.name) for each in columns),
        ]


class AskForm(forms.Form):
    """What each value of the outcome means, and what each other column may be used for."""

    order = forms.ChoiceField(
        label=_("When a row was known"),
        required=False,
        help_text=_("Then the latest 30% are told from the rows before: that is what a score is for."),
    )

    def __init__(self, question: Question, outcome: Column, data: Any = None) -> None:
        super().__init__(data)
        self.outcome = outcome
        columns = [Column.of(each) for each in question.columns]
        self.others = [each for each in columns if each.place != outcome.place]
        self.asked = question.asked if question.asked.get("outcome") == outcome.place else {}
        self.leaks = {leak["feature"]: leak["auc"] for leak in question.answer.get("leaks", [])} if self.asked else {}
        self._add_values()
        self._add_columns()
        self.fields["order"].choices = [  # type: ignore[attr-defined]
            ("", _("not known: judge by rows drawn at random")),
            (BY_ROWS, _("the rows stand in the order of time")),
            *((str(each.place), each.name) for each in self.others if each.kind in {Kind.DATE, Kind.NUMBER}),
        ]
        self.fields["order"].initial = self.asked.get("order", self._likely_order())

    def values(self) -> Iterator[tuple[Any, int]]:
        """Each value's field, and how many rows have it."""
        for number, (_value, rows) in enumerate(self.outcome.values):
            yield self[f"value_{number}"], rows

    def usable(self) -> Iterator[tuple[Any, Column, float | None]]:
        """The field of each column that can tell, the column, and how well it answered alone, if too well."""
        for each in self.others:
            if each.is_known:
                yield self[f"column_{each.place}"], each, self.leaks.get(each.name)

    def unusable(self) -> list[Column]:
        """Dates, names, and columns that are the same in every row."""
        return [each for each in self.others if not each.is_known]

    def wishes(self) -> dict[str, Any]:
        """What `actions.ask` takes."""
        said = self.cleaned_data
        means = {value: said[f"value_{number}"] for number, (value, _rows) in enumerate(self.outcome.values)}
        uses = {each.place: said[f"column_{each.place}"] for each in self.others if each.is_known}
        return {
            "outcome": self.outcome,
            "yes": [value for value, meant in means.items() if meant == Means.YES],
            "no": [value for value, meant in means.items() if meant == Means.NO],
            "order": said["order"],
            "left_out": [place for place, use in uses.items() if use == Use.LEAVE],
            "cleared": [place for place, use in uses.items() if use == Use.CLEARED],
        }

    def _add_values(self) -> None:
        likely = likely_meanings(self.outcome)
        for number, (value, _rows) in enumerate(self.outcome.values):
            before = next((key for key in ("yes", "no") if value in self.asked.get(key, [])), "neither")
            self.fields[f"value_{number}"] = forms.ChoiceField(
                label=value or _("(empty)"), choices=Means.choices, initial=before if self.asked else likely[value]
            )

    def _add_columns(self) -> None:
        for each in self.others:
            if not each.is_known:
                continue
            self.fields[f"column_{each.place}"] = forms.ChoiceField(
                label=each.name,
                choices=[("", _("say whether it is known beforehand")), *Use.choices]
                if each.name in self.leaks
                else Use.choices,
                initial="" if each.name in self.leaks else self._use(each.place),
                error_messages={
                    "required": _("It tells much alone. Say whether it is known before the outcome, or leave it out.")
                },
            )

    def _use(self, place: int) -> Use:
        if place in self.asked.get("left_out", []):
            return Use.LEAVE
        return Use.CLEARED if place in self.asked.get("cleared", []) else Use.TELL

    def _likely_order(self) -> str:
        return next((str(each.place) for each in self.others if each.kind is Kind.DATE), "")


def likely_outcome(columns: list[Column]) -> Column | None:
    """The column that says most clearly yes or no; of equal ones the one with fewest values, and then the last.

    None where a column with a single value says so and no other does: the outcome is that one, and cannot be told.
    """
    candidates = [each for each in outcomes(columns) if _says(each) == 2 or len(each.values) == 2]
    found = max(candidates, key=lambda each: (_says(each), -len(each.values), each.place), default=None)
    return None if found and _says(found) < 2 and one_sided(columns) else found


def outcomes(columns: list[Column]) -> list[Column]:
    """The columns that may be the outcome."""
    return [each for each in columns if len(each.values) > 1]


def one_sided(columns: list[Column]) -> list[Column]:
    """Columns that say yes, or no, in every row."""
    return [each for each in columns if len(each.values) == 1 and _says(each)]


def _says(column: Column) -> int:
    """Whether yes and no are both among the values. Of more than two numbers 1 and 0 are two like any others."""
    if column.kind is Kind.NUMBER and len(column.words) > 2:
        return 0
    return len({_said(value) for value in column.words} - {Means.NEITHER})


def likely_meanings(column: Column) -> dict[str, Means]:
    """Words that say yes or no; of two values without such words the rarer, which stands last, is the event."""
    values = [value for value, _rows in column.values]
    said = {value: _said(value) if _says(column) else Means.NEITHER for value in values}
    if len(values) == 2:
        first, last = sorted(values, key=lambda value: value != BLANK)  # what is blank did not happen
        if said[first] is Means.NEITHER:
            said[first] = Means.YES if said[last] is Means.NO else Means.NO
        if said[last] is Means.NEITHER:
            said[last] = Means.NO if said[first] is Means.YES else Means.YES
    return said


def _said(value: str) -> Means:
    word = value.strip().casefold()
    return Means.YES if word in YES else Means.NO if word in NO else Means.NEITHER
