"""The charts of the documentation show what the methods give now."""

import re

import pytest

from tests.drawing.__main__ import PICTURES
from tests.drawing.charts import CHARTS

NUMBER = re.compile(r"-?\d+\.\d+")


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_as_it_is_kept(name: str) -> None:
    """Figures in picture elements, to half of one: other processors round otherwise."""
    kept, drawn = (PICTURES / f"{name}.svg").read_text(), CHARTS[name]().svg()
    assert NUMBER.sub("", drawn) == NUMBER.sub("", kept)
    found = [float(each) for each in NUMBER.findall(drawn)]
    assert found == pytest.approx([float(each) for each in NUMBER.findall(kept)], abs=0.5)


def test_every_chart_stands_on_a_page() -> None:
    pages = "".join(page.read_text() for page in PICTURES.parent.glob("*.md"))
    assert {picture.stem for picture in PICTURES.glob("*.svg")} == set(CHARTS)
    assert all(f"(pictures/{name}.svg)" in pages for name in CHARTS)
