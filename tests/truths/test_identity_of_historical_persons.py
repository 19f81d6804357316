"""People of the past from Wikidata, each told up to 21 times with errors, by the makers of Splink (MIT)."""

from collections.abc import Callable

import pytest

from guanxi.analytical.identity.resolution import resolve
from tests.truths.who_is_who import historical, judged


@pytest.mark.prove
def test_clusters_beat_what_components_reach_at_high_precision(record_property: Callable[[str, object], None]) -> None:
    people = historical()
    pairs, clusters = judged(resolve(people.table, seed=1), people.truth)
    record_property("pairs: precision, recall, F1", pairs)
    record_property("clusters: precision, recall, F1", clusters)
    assert clusters.precision >= 0.95
    assert clusters.f1 >= 0.88
    assert pairs.f1 > 0.77  # Splink's defaults
