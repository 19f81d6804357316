"""Figures and moments read back as what they were written from, in every style."""

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.integration.transfer.mapping.contents import described, looks_dated
from guanxi.integration.transfer.values.cells import cell, safe
from guanxi.integration.transfer.values.moments import moment
from guanxi.integration.transfer.values.numbers import decimal_mark, number


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def read(duck: duckdb.DuckDBPyConnection, expression: str, text: str) -> object:
    ((value,),) = duck.execute(f"SELECT {expression} FROM (SELECT ? AS given)", [text]).fetchall()
    return value


def grouped(figure: float, group: str, mark: str) -> str:
    return f"{figure:,.2f}".replace(",", "_").replace(".", mark).replace("_", group)


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9), st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ".")]))
def test_a_figure_reads_back_from_any_style(
    duck: duckdb.DuckDBPyConnection, cents: int, style: tuple[str, str]
) -> None:
    group, mark = style
    assert read(duck, number("given", mark), grouped(cents / 100, group, mark)) == cents / 100


@pytest.mark.parametrize("text", ["$-12.50", "-$12.50", "(12.50)", "12.50-", "−12.50", "-12.50 RMB", "￥-１２．５０"])
def test_negatives_and_money_signs(duck: duckdb.DuckDBPyConnection, text: str) -> None:
    assert read(duck, number("given", "."), text) == -12.5


@pytest.mark.parametrize("text", ["", "-", "1,5", "1.2.3", "12 apples", "NaN", "inf", "--3", "1,23", "0x10"])
def test_what_is_no_figure_stays_none(duck: duckdb.DuckDBPyConnection, text: str) -> None:
    assert read(duck, number("given", "."), text) is None


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(duck: duckdb.DuckDBPyConnection, text: str) -> None:
    for mark in (".", ","):
        figure = read(duck, number(cell("given"), mark), text)
        assert figure is None or isinstance(figure, float)
    assert read(duck, moment(cell("given"), "dmy", "Asia/Shanghai"), text) is None or text.strip()


STYLES = ["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S"]
STYLES += [
    "%Y年%m月%d日 %H:%M:%S",
    "%d-%b-%Y %H:%M:%S",
    "%d/%m/%Y %I:%M:%S %p",
    "%Y-%m-%dT%H:%M:%SZ",
    "%b %d, %Y %H:%M:%S",
]


@settings(deadline=None)
@given(st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31)), st.sampled_from(STYLES))  # noqa: DTZ001
def test_a_moment_reads_back_from_any_style(duck: duckdb.DuckDBPyConnection, when: datetime, style: str) -> None:
    when = when.replace(microsecond=0)
    seconds = f"epoch({moment('given', 'dmy', 'UTC')})"
    assert read(duck, seconds, when.strftime(style)) == when.replace(tzinfo=UTC).timestamp()


def test_excels_days_and_unix_time(duck: duckdb.DuckDBPyConnection) -> None:
    expected = datetime(2011, 12, 1, 12, tzinfo=UTC).timestamp()
    for text in ("40878.5", "1322740800", "1322740800000"):
        assert read(duck, f"epoch({moment('given', '', 'UTC')})", text) == expected


@pytest.mark.parametrize(
    ("column", "mark"),
    [(["1.50", "2,000"], "."), (["1,50", "2.000"], ","), (["1.234,5"], ","), (["7"], "."), (["1,234.5"], ".")],
)
def test_the_decimal_mark_is_decided_over_the_whole_column(
    duck: duckdb.DuckDBPyConnection, column: list[str], mark: str
) -> None:
    duck.execute("CREATE OR REPLACE TEMP TABLE written AS SELECT unnest(?) AS given", [column])
    assert decimal_mark(duck, ["given"], "written", likely=".") == mark


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1, max_size=20))
def test_a_cell_given_out_safely_comes_back_as_it_was(duck: duckdb.DuckDBPyConnection, text: str) -> None:
    kept = read(duck, cell("given"), text)
    assert read(duck, cell("given"), safe(text)) == kept


# A pattern that tries every way to part such a text would not come to an end.
ENDLESS = [
    "+" + "1" * 500_000 + "x",
    "+1" + " " * 500_000 + "x",
    "+a@" + "." * 500_000 + "@",
    "=" + "1," * 250_000 + "x",
]


@pytest.mark.parametrize("text", ENDLESS)
def test_a_megabyte_that_is_nearly_a_figure_is_judged_at_once(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert described([text, text.removeprefix("+")])
    assert not looks_dated([text])


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "@SUM(A1)", "-2+3+cmd", "\t=1"])
def test_formulas_are_neutralised_and_figures_are_not(text: str) -> None:
    assert safe(text).startswith("'")
    assert safe("-12.50") == "-12.50"
