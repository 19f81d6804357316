"""The whole way on records made for one question each."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from guanxi.analytical.identity import resolution
from guanxi.analytical.identity.blocking import block
from guanxi.analytical.identity.comparisons import ALL, fitting
from guanxi.analytical.identity.model import Chances, Model, starting_shares
from guanxi.analytical.identity.records import SCHEMA, load
from guanxi.analytical.identity.resolution import resolve


def people(count: int, *, told_twice: int = 0) -> pa.Table:
    """Strangers by name, birth date and address; the first ones are told twice, without the address."""
    rows = [
        {
            "id": number,
            "family": f"family{number % 37}",
            "given": f"given{number % 41}",
            "family_keys": [f"family{number % 37}"],
            "given_keys": [f"given{number % 41}"],
            "formal": f"given{number % 41}",
            "family_sound": f"f{number % 37}",
            "words": [],
            "born": f"19{number % 90 + 10}-0{number % 9 + 1}-1{number % 10}",
            "emails": [f"person{number}@example.org"],
        }
        for number in range(count)
    ]
    again = [{**rows[number], "id": count + number, "emails": []} for number in range(told_twice)]
    return pa.Table.from_pylist([*rows, *again], SCHEMA)


def test_those_told_twice_are_found_and_nobody_else() -> None:
    found = resolve(people(400, told_twice=40), seed=1)
    assert {(pair.left, pair.right) for pair in found.pairs} == {(number, 400 + number) for number in range(40)}
    assert found.clusters == {record: record % 400 for number in range(40) for record in (number, 400 + number)}


def test_the_weights_of_the_fields_and_the_prior_add_up() -> None:
    found = resolve(people(400, told_twice=40), seed=1)
    prior = found.model.prior
    for pair in found.pairs:
        bits = sum(line.weight for line in pair.lines)
        assert pair.probability == pytest.approx(1 / (1 + (1 - prior) / prior * 2**-bits), abs=0.01)


def test_a_company_whose_customers_all_have_chinese_names_compares_names() -> None:
    """No Latin words are there, and no sounds of them: names count all the same."""
    assert {"family", "given"} <= {line.field for line in resolve(people(400, told_twice=40), seed=1).pairs[0].lines}


def test_nothing_to_compare_is_no_error() -> None:
    assert resolve(people(0), seed=1).clusters == {}
    assert resolve(people(1), seed=1).clusters == {}
    assert resolve(pa.table({"id": pa.array([1, 2], pa.int64())}), seed=1).pairs == ()


def test_what_was_learnt_is_used_where_it_fits_and_learnt_anew_where_it_does_not() -> None:
    learnt = resolve(people(400, told_twice=40), seed=1)
    kept = Model.from_dict(learnt.model.as_dict())
    assert kept == learnt.model
    assert not resolve(people(400, told_twice=40), seed=2, model=kept).is_learnt
    without = people(400, told_twice=40).drop_columns(["born"])
    assert resolve(without, seed=1, model=kept).is_learnt


def test_two_told_apart_are_in_no_cluster_together() -> None:
    found = resolve(people(400, told_twice=40), seed=1, apart={(0, 400)})
    assert 0 not in found.clusters
    assert found.clusters[1] == found.clusters[401] == 1


def test_a_key_that_very_many_share_gives_no_pairs() -> None:
    rows = [{"id": number, "phones": ["+441904555000"], "emails": [f"p{number}@x.example"]} for number in range(200)]
    with duckdb.connect() as connection:
        columns = load(connection, pa.Table.from_pylist(rows, SCHEMA))
        assert block(connection, columns) == 0
        assert block(connection, columns, most=200) == 200 * 199 // 2


@pytest.mark.parametrize("comparison", ALL, ids=lambda each: each.field)
def test_starting_shares_are_shares(comparison: object) -> None:
    shares = starting_shares(comparison)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0
    assert shares[0] == max(shares)


def test_comparisons_take_part_where_their_columns_are_there() -> None:
    assert [each.field for each in fitting({"born", "city"})] == ["born", "city"]
    model = Model(0.1, {"born": (Chances(0.5, 0.1),) * 5})
    assert model.fits(fitting({"born"}))
    assert not model.fits(fitting({"born", "city"}))


def test_what_does_not_fit_into_memory_goes_to_the_folder_that_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names and addresses must not be left where the program happens to be started."""
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    filled: list[list[Path]] = []

    def looked_at(connection: duckdb.DuckDBPyConnection, columns: frozenset[str]) -> int:
        """While the comparison goes on, more is held than there is memory for."""
        connection.execute("CREATE TABLE much AS SELECT 'person' || i || '@example.org' FROM range(3_000_000) AS r (i)")
        filled.append([each for each in tmp_path.rglob("*") if each.is_file()])
        return block(connection, columns)

    monkeypatch.setattr(resolution, "block", looked_at)
    resolve(people(40, told_twice=4), seed=1, memory="80MB", threads=1, spill=tmp_path / "spill")
    assert {each.parent for each in filled[0]} == {tmp_path / "spill"}

    with pytest.raises(duckdb.OutOfMemoryException):
        resolve(people(40, told_twice=4), seed=1, memory="80MB", threads=1)
    assert list(here.rglob("*")) == []
