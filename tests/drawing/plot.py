"""A small chart as SVG text: the same input gives the same letters, and light and dark pages can both show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 62, 24, 46, 48
COLOURS = ("#2f7fc1", "#d9762b", "#8a8f98", "#3a9d6e")
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #3c4350; } .title { font-weight: 600; font-size: 15px; }
.grid { stroke: #8a8f98; stroke-opacity: .3; } .axis { stroke: #8a8f98; } path { fill: none; stroke-width: 2.2; }
@media (prefers-color-scheme: dark) { text { fill: #d5d9e0; } }
"""


@dataclass
class Axis:
    """What runs along one side: a name, the lowest and the highest figure, and figures to write beside it."""

    name: str
    low: float
    high: float
    ticks: Sequence[float]
    write: Callable[[float], str] = "{:g}".format


@dataclass
class Plot:
    """Lines, points and bars over two axes; each series has a name in the legend and the next colour."""

    title: str
    x: Axis
    y: Axis
    marks: list[str] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)

    def line(self, name: str, xs: Sequence[float], ys: Sequence[float], *, dashed: bool = False) -> None:
        """Points joined in their order."""
        colour, dash = self._next(name), ' stroke-dasharray="6 5"' if dashed else ""
        path = " L".join(f"{self._x(x)} {self._y(y)}" for x, y in zip(xs, ys, strict=True))
        self.marks.append(f'<path d="M{path}" stroke="{colour}"{dash}/>')

    def points(
        self,
        name: str,
        xs: Sequence[float],
        ys: Sequence[float],
        bounds: tuple[Sequence[float], Sequence[float]] | None = None,
    ) -> None:
        """Dots, with a stroke from the lower to the upper bound of each."""
        colour = self._next(name)
        for low, high, x in zip(*bounds, xs, strict=True) if bounds else ():
            self.marks.append(self._upright(x, low, high, colour))
        for x, y in zip(xs, ys, strict=True):
            self.marks.append(f'<circle cx="{self._x(x)}" cy="{self._y(y)}" r="3.6" fill="{colour}"/>')

    def bars(self, name: str, xs: Sequence[float], ys: Sequence[float], width: float) -> None:
        """Upright bars from 0, centred on `xs`."""
        colour = self._next(name)
        for x, y in zip(xs, ys, strict=True):
            left, right = float(self._x(x - width / 2)), float(self._x(x + width / 2))
            top, foot = sorted((float(self._y(y)), float(self._y(0))))
            self.marks.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{foot - top:.1f}" fill="{colour}"/>'
            )

    def rule(self, x: float, text: str) -> None:
        """An upright line with a word beside it."""
        self.marks.append(self._upright(x, self.y.low, self.y.high, COLOURS[2], ' stroke-dasharray="3 4"'))
        self.marks.append(f'<text x="{float(self._x(x)) + 6:.1f}" y="{TOP + 14}">{escape(text)}</text>')

    def svg(self) -> str:
        """The whole picture."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        parts = [head, f"<title>{escape(self.title)}</title>", f"<style>{STYLE}</style>"]
        parts += [f'<text class="title" x="{LEFT}" y="20">{escape(self.title)}</text>', *self._legend()]
        parts += [*self._frame(), *self.marks, "</svg>"]
        return "\n".join(parts) + "\n"

    def _frame(self) -> list[str]:
        right, foot = WIDTH - RIGHT, HEIGHT - BOTTOM
        found = []
        for tick in self.y.ticks:
            y = self._y(tick)
            found.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y}" y2="{y}"/>')
            found.append(f'<text x="{LEFT - 8}" y="{float(y) + 4:.1f}" text-anchor="end">{self.y.write(tick)}</text>')
        place = f'y="{foot + 18}" text-anchor="middle"'
        found += [f'<text x="{self._x(tick)}" {place}>{escape(self.x.write(tick))}</text>' for tick in self.x.ticks]
        base = self._y(max(self.y.low, 0.0))
        found.append(f'<line class="axis" x1="{LEFT}" x2="{right}" y1="{base}" y2="{base}"/>')
        found.append(f'<text x="{right}" y="{foot + 38}" text-anchor="end">{escape(self.x.name)}</text>')
        found.append(f'<text x="{LEFT}" y="{foot + 38}">{escape(self.y.name)} ↑</text>')
        return found

    def _legend(self) -> list[str]:
        found, x = [], LEFT
        for name, colour in self.legend:
            found.append(f'<rect x="{x}" y="29" width="11" height="11" rx="2" fill="{colour}"/>')
            found.append(f'<text x="{x + 16}" y="39">{escape(name)}</text>')
            x += 32 + 7 * len(name)
        return found

    def _upright(self, x: float, low: float, high: float, colour: str, more: str = "") -> str:
        ends = f'x1="{self._x(x)}" y1="{self._y(low)}" x2="{self._x(x)}" y2="{self._y(high)}"'
        return f'<line {ends} stroke="{colour}" stroke-width="1.6"{more}/>'

    def _next(self, name: str) -> str:
        colour = COLOURS[len(self.legend) % len(COLOURS)]
        self.legend.append((name, colour))
        return colour

    def _x(self, x: float) -> str:
        return f"{LEFT + (x - self.x.low) / (self.x.high - self.x.low) * (WIDTH - LEFT - RIGHT):.1f}"

    def _y(self, y: float) -> str:
        return f"{HEIGHT - BOTTOM - (y - self.y.low) / (self.y.high - self.y.low) * (HEIGHT - TOP - BOTTOM):.1f}"
