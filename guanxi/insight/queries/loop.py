"""The Loop: what each programme earned above its control group, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from guanxi.insight.models import Programme, Verdict

SURE = {Verdict.Conclusion.EARNS: "good", Verdict.Conclusion.LOSES: "bad", Verdict.Conclusion.INVALID: "bad"}


@dataclass(frozen=True)
class Line:
    """A programme beside its latest verdict; figures are None until there is a first measurement of both arms."""

    programme: Programme
    verdict: Verdict | None

    @property
    def figures(self) -> dict[str, Any] | None:
        return self.verdict.figures if self.verdict and "total" in self.verdict.figures else None

    @property
    def total(self) -> dict[str, float]:
        return dict(self.figures["total"]) if self.figures else {}

    @property
    def by_chance(self) -> bool:
        """An effect where nobody was treated."""
        shown = {Verdict.Conclusion.EARNS, Verdict.Conclusion.LOSES}
        is_replay = self.programme.kind == Programme.Kind.REPLAY
        return is_replay and self.verdict is not None and self.verdict.conclusion in shown

    @property
    def said(self) -> str:
        """The verdict in a word."""
        if self.verdict is None:
            return ""
        return _("by chance") if self.by_chance else str(Verdict.Conclusion(self.verdict.conclusion).label)

    @property
    def tone(self) -> str:
        if self.by_chance:
            return "due"
        return SURE.get(Verdict.Conclusion(self.verdict.conclusion), "due") if self.verdict else ""

    @property
    def chip(self) -> str:
        """The tone of the word: nothing shown at a declared end is a quiet answer, not a warning."""
        quiet = self.verdict is None or self.verdict.conclusion in {
            Verdict.Conclusion.TOO_EARLY,
            Verdict.Conclusion.NO_EFFECT,
        }
        return "quiet" if quiet else self.tone

    @property
    def is_running(self) -> bool:
        return not (self.verdict and self.verdict.is_final)

    @property
    def treated(self) -> int | None:
        return self.figures["arms"]["treated"]["customers"] if self.figures else None

    @property
    def control(self) -> int | None:
        return self.figures["arms"]["control"]["customers"] if self.figures else None

    @property
    def per_pound(self) -> float | None:
        """Earned for each unit of money spent."""
        return self.total["estimate"] / self.figures["cost"] if self.figures and self.figures["cost"] else None


@dataclass(frozen=True)
class Sum:
    """Several programmes together. The interval takes them as independent."""

    programmes: int
    estimate: float
    low: float
    high: float
    cost: float


@dataclass(frozen=True)
class Loop:
    """Everything on the page. `ranked`: measured programmes that treated somebody, most earned first."""

    ranked: list[Line]
    replays: list[Line]
    waiting: list[Line]
    axis: tuple[float, float]
    together: Sum
    by_way: list[tuple[str, Sum]]

    @property
    def shown(self) -> list[Line]:
        """Programmes that have shown an effect."""
        sure = {Verdict.Conclusion.EARNS, Verdict.Conclusion.LOSES}
        return [line for line in self.ranked if line.verdict and line.verdict.conclusion in sure]

    @property
    def running(self) -> list[Line]:
        return [line for line in [*self.ranked, *self.waiting] if line.is_running]

    @property
    def worth_deciding(self) -> list[Line]:
        """Programmes that lose and still run, or whose split is not fair."""
        return [line for line in self.ranked if line.tone == "bad" and line.is_running]

    @property
    def lessons(self) -> list[Line]:
        """What was learned: every final verdict, whatever it says."""
        return [line for line in [*self.ranked, *self.replays] if not line.is_running]


def loop() -> Loop:
    """All programmes with their latest verdicts, in two queries."""
    found = programme_lines()
    measured = [line for line in found if line.figures]
    real = [line for line in measured if line.programme.kind != Programme.Kind.REPLAY]
    ranked = sorted(real, key=lambda line: -line.total["estimate"])
    ways = Programme.WorksBy.values
    return Loop(
        ranked=ranked,
        replays=[line for line in measured if line.programme.kind == Programme.Kind.REPLAY],
        waiting=[line for line in found if not line.figures],
        axis=_axis(measured),
        together=_sum(ranked),
        by_way=[(way, _sum([line for line in ranked if line.programme.works_by == way])) for way in ways],
    )


def programme_lines() -> list[Line]:
    """Every programme with its latest verdict, the newest programme first."""
    latest = Verdict.objects.order_by("programme", "-measured_at").distinct("programme")
    programmes = Programme.objects.select_related("closure").prefetch_related(
        Prefetch("verdicts", queryset=Verdict.objects.filter(pk__in=latest.values("pk")), to_attr="latest")
    )
    return [Line(each, next(iter(each.latest), None)) for each in programmes.order_by("-opened_at", "-pk")]


def running_programmes() -> list[Line]:
    """Programmes whose verdict is not final."""
    return [line for line in programme_lines() if line.is_running]


def _axis(found: Sequence[Line]) -> tuple[float, float]:
    lows, highs = [line.total["low"] for line in found], [line.total["high"] for line in found]
    return min([0.0, *lows]), max([0.0, *highs])


def _sum(found: Sequence[Line]) -> Sum:
    estimate = sum(line.total["estimate"] for line in found)
    reach = sqrt(sum(((line.total["high"] - line.total["low"]) / 2) ** 2 for line in found))
    cost = sum(line.figures["cost"] for line in found if line.figures)
    return Sum(len(found), estimate, estimate - reach, estimate + reach, cost)
