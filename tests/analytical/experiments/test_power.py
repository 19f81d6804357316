"""How large an experiment must be, and what it can find."""

import pytest

from guanxi.analytical import AnalysisError
from guanxi.analytical.experiments import Sizes, minimum_detectable_effect, planned_error, power, required_units


def test_an_experiment_of_the_required_size_has_the_power_asked_for() -> None:
    sizes = required_units(2.0, 900.0, control_share=0.2)
    assert power(2.0, planned_error(900, 900, sizes)) == pytest.approx(0.8, abs=0.001)
    assert sizes.control * 4 == pytest.approx(sizes.treatment, abs=4)


def test_the_detectable_effect_is_found_in_four_of_five_experiments_the_textbooks_2_8_errors() -> None:
    assert minimum_detectable_effect(1.0) == pytest.approx(2.80, abs=0.005)
    assert power(minimum_detectable_effect(0.3), 0.3) == pytest.approx(0.8, abs=0.001)


def test_no_effect_is_found_as_often_as_the_level_allows() -> None:
    assert power(0.0, 1.0) == pytest.approx(0.05)


def test_a_control_is_needed() -> None:
    with pytest.raises(AnalysisError, match="control"):
        required_units(1, 1, control_share=0)
    with pytest.raises(AnalysisError, match="effect"):
        required_units(0, 1)
    assert required_units(10, 1e-9) == Sizes(1, 1)
