"""Empty, one row, constant, missing, negative, a billion times as large, twice, backwards: an answer or a sentence.

Every public function is called with each of its arguments spoiled in every way that is known (`hostility.inputs`).
Either it refuses in words, or what it answers is finite; and what it answers does not hang on the order of the rows. A
function that is new has no call in `hostility.cases` yet, and fails here until it has one.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi import analytical
from guanxi.analytical import AnalysisError
from guanxi.analytical.identity.resolution import resolve
from guanxi.analytical.scoring import Features
from guanxi.analytical.value import Histories
from tests.analytical.hostility.cases import CASES, DEGENERATE
from tests.analytical.hostility.inputs import (
    NASTY,
    Arguments,
    Case,
    finite,
    is_column,
    numbers,
    shuffled,
    spoiled_calls,
)


def public() -> Iterator[str]:
    """Functions of every package, and the ways to make its classes from data."""
    for found in pkgutil.iter_modules(analytical.__path__):
        package = importlib.import_module(f"guanxi.analytical.{found.name}")
        for name in getattr(package, "__all__", []):
            thing = getattr(package, name)
            if inspect.isfunction(thing):
                yield f"{thing.__module__}.{thing.__qualname__}"
            elif inspect.isclass(thing):
                makers = [each for each, value in vars(thing).items() if isinstance(value, classmethod)]
                yield from (f"{thing.__module__}.{thing.__qualname__}.{each}" for each in makers if each[0] != "_")
    yield f"{resolve.__module__}.{resolve.__qualname__}"


def test_every_public_function_has_a_call_to_spoil() -> None:
    assert set(public()) == set(CASES)


def outcome(case: Case, arguments: Arguments) -> str:
    """What is wrong with what came of the call; nothing when it is finite, or refused by a sentence."""
    try:
        found = case.call(**arguments)
        return "; ".join(finite(found, case.unbounded))
    except AnalysisError as refusal:
        return "" if str(refusal).endswith(".") else f"no sentence: {refusal}"


@pytest.mark.parametrize("name", CASES, ids=lambda name: name.removeprefix("guanxi.analytical."))
def test_a_spoiled_argument_is_refused_in_words_or_answered_finitely(name: str) -> None:
    case, wrong = CASES[name], []
    for how, arguments in (("as usual", case.usual), *spoiled_calls(case, DEGENERATE)):
        try:
            problem = outcome(case, arguments)
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
        if problem:
            wrong.append(f"{how}: {problem}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "name",
    [name for name, case in CASES.items() if any(is_column(each) for each in case.usual.values())],
    ids=lambda name: name.removeprefix("guanxi.analytical."),
)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_columns_at_all_are_refused_in_words_or_answered_finitely(name: str, data: st.DataObject) -> None:
    case = CASES[name]
    size = data.draw(st.integers(0, 6))
    column = st.lists(st.sampled_from(NASTY), min_size=size, max_size=size)
    drawn = {each: np.array(data.draw(column)) for each, value in case.usual.items() if is_column(value)}
    assert outcome(case, case.usual | drawn) == ""


IN_TIME = {"guanxi.analytical.value.sbg.Contracts.of", "guanxi.analytical.value.sbg.Contracts.of_cohort"}


def stands_alone(case: Case) -> bool:
    """Whether the rows are all in columns: those of histories or features would have to be moved with them."""
    is_whole = not any(isinstance(each, Histories | Features) for each in case.usual.values())
    return is_whole and any(is_column(each) for each in case.usual.values())


@pytest.mark.parametrize(
    "name",
    [name for name, case in CASES.items() if name not in IN_TIME and stands_alone(case)],
    ids=lambda name: name.removeprefix("guanxi.analytical."),
)
def test_the_order_of_the_rows_changes_nothing(name: str) -> None:
    case = CASES[name]
    usual, other = (list(numbers(case.call(**each))) for each in (case.usual, shuffled(case, 3)))
    assert [each.shape for each in usual] == [each.shape for each in other]
    assert np.concatenate(usual) == pytest.approx(np.concatenate(other), rel=1e-6, abs=1e-9, nan_ok=True)
