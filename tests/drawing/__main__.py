"""Draw all charts anew, or those named."""

import sys
from pathlib import Path

from tests.drawing.charts import CHARTS

PICTURES = Path(__file__).parents[2] / "docs" / "algorithms" / "pictures"


def main() -> None:
    """Write an SVG a chart."""
    PICTURES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or CHARTS:
        (PICTURES / f"{name}.svg").write_text(CHARTS[name]().svg(), encoding="utf-8")
        print(f"drew {name}.svg", flush=True)


if __name__ == "__main__":
    main()
