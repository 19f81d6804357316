"""What the loop says it has learned."""

import pytest

from guanxi.insight.models import Programme, Verdict
from guanxi.insight.queries.lessons import lesson
from guanxi.insight.queries.loop import Line

FIGURES = {
    "total": {},
    "days": 28,
    "deciding": {"estimate": 4.5, "low": -1.25, "high": 6.0},
    "detectable": 3.0,
}


def line(conclusion: str, kind: str = "campaign") -> Line:
    return Line(Programme(kind=kind), Verdict(conclusion=conclusion, is_final=True, figures=FIGURES))


@pytest.mark.parametrize(
    ("conclusion", "kind", "said"),
    [
        ("earns", "campaign", "1.25 to 6.00)"),
        ("loses", "campaign", "It lost money: £4.50 a customer"),
        ("invalid", "campaign", "nothing can be said"),
        ("no_effect", "campaign", "One of £3.00 a customer in 28 days would have been found"),
        ("no_effect", "replay", "it can be trusted"),
        ("earns", "replay", "one test alone is no proof"),
    ],
)
def test_every_verdict_leaves_its_lesson(conclusion: str, kind: str, said: str) -> None:
    assert said in lesson(line(conclusion, kind), "GBP")
