"""Small plots as SVG text: severities with their errors, fair against raw, the Wright map, category curves.

For pages and for the report alike: no script, no inline style, colours by class with attributes as the fallback; each has a title
and a description for those who do not see it. What a plot shows must also be on the page as a table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from contest.judging.severity.outcome import Curve
from contest.judging.severity.ratings import FloatArray

WIDTH = 640
ROW = 18
MARGIN = 44
LABEL = 132
MOST_POINTS = 3000
BINS = 24
TWO_SIDED = 1.96
INK, QUIET, ACCENT = "#1f2430", "#6b7280", "#1d4ed8"
LINES = ("#1d4ed8", "#b45309", "#047857", "#be185d", "#6d28d9", "#0e7490", "#4d7c0f", "#b91c1c")


# How figures are written beside an axis: pages pass the reader's own way.
Written = Callable[[float], str]


def plain(figure: float) -> str:
    """A figure as English writes it, with a minus sign as long as the plus sign."""
    return f"{figure:g}".replace("-", "−")


@dataclass(frozen=True)
class Axis:
    """From values to a stretch of the picture."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        return self.begin + (value - self.low) / (self.high - self.low) * (self.end - self.begin)

    def ticks(self) -> list[float]:
        """About six round values inside."""
        raw = (self.high - self.low) / 6
        size = 10.0 ** np.floor(np.log10(raw))
        step = size * next(factor for factor in (1, 2, 5, 10) if size * factor >= raw)
        return [float(step * number) for number in range(int(np.ceil(self.low / step)), int(self.high // step) + 1)]


def caterpillar(
    names: Sequence[str],
    values: FloatArray,
    errors: FloatArray,
    *,
    title: str,
    description: str,
    axis_label: str,
    written: Written = plain,
) -> str:
    """Each element with its 95 % interval, sternest first."""
    order = np.argsort(-values, kind="stable")
    reach = np.nan_to_num(TWO_SIDED * errors)
    axis = _axis([*(values - reach), *(values + reach), 0.0], LABEL, WIDTH - 12)
    height = MARGIN + ROW * len(order) + MARGIN
    body = [
        *_horizontal(axis, height, axis_label, written),
        _line(axis.at(0), 24, axis.at(0), height - MARGIN, QUIET, "zero"),
    ]
    for row, place in enumerate(order):
        y = 36 + ROW * row
        body.append(_text(LABEL - 8, y + 4, _short(names[place]), anchor="end"))
        low, high = axis.at(values[place] - reach[place]), axis.at(values[place] + reach[place])
        body += [_line(low, y, high, y, ACCENT, "interval"), _dot(axis.at(values[place]), y, 4, names[place])]
    return _picture(height, title, description, body)


def fair_against_raw(
    raw: FloatArray, fair: FloatArray, *, title: str, description: str, across: str, upwards: str
) -> str:
    """A dot for each letter; on the line nothing moved. Of very many letters every so many are drawn."""
    every = max(1, -(-len(raw) // MOST_POINTS))
    raw, fair = raw[::every], fair[::every]
    axis = _axis([*raw, *fair], MARGIN + 8, WIDTH - 12)
    height = 480
    up = Axis(axis.low, axis.high, height - MARGIN, 28)
    body = [*_horizontal(axis, height, across), *_vertical(up, upwards)]
    body.append(_line(axis.begin, up.begin, axis.end, up.end, QUIET, "same"))
    body += [_dot(axis.at(x), up.at(y), 2.5, None) for x, y in zip(raw, fair, strict=True)]
    return _picture(height, title, description, body)


def paths(
    series: Sequence[tuple[str, Sequence[float]]],
    *,
    dots: Sequence[float] = (),
    title: str,
    description: str,
    across: str,
    upwards: str,
    written: Written = plain,
) -> str:
    """A line for each name, over its first, second, … value; `dots` are single values behind the first line."""
    height, longest = 320, max(len(values) for _name, values in series)
    axis = Axis(1.0, max(float(longest), 2.0), MARGIN + 8, WIDTH - LABEL)
    up = _axis([0.0, *dots, *(value for _name, values in series for value in values)], height - MARGIN, 28)
    body = [*_horizontal(axis, height, across, written), *_vertical(up, upwards, written)]
    body.append(_line(axis.begin, up.at(0), axis.end, up.at(0), QUIET, "zero"))
    body += [_dot(axis.at(place), up.at(value), 2.5, None) for place, value in enumerate(dots, start=1)]
    for number, (_name, values) in enumerate(series):
        body.append(_polyline([(axis.at(place), up.at(value)) for place, value in enumerate(values, start=1)], number))
    return _picture(height, title, description, [*body, *_ends(series, axis, up)])


def _ends(series: Sequence[tuple[str, Sequence[float]]], axis: Axis, up: Axis) -> list[str]:
    """A mark at the end of each line, and its name beside the plot, moved so that each can be read."""
    body, last = [], float("inf")
    for number in sorted(range(len(series)), key=lambda place: series[place][1][-1]):
        name, values = series[number]
        x, y, colour = axis.at(len(values)), up.at(values[-1]), LINES[number % len(LINES)]
        last = min(y, last - 14)
        body.append(
            f'<circle class="end" cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"><title>{escape(name)}</title></circle>'
        )
        body.append(_line(x + 4, y, axis.end + 14, last, QUIET, "lead"))
        body.append(_text(axis.end + 18, last + 4, _short(name), colour=colour, bold=True))
    return body


def _polyline(points: Sequence[tuple[float, float]], number: int) -> str:
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline class="path" points="{joined}" fill="none" stroke="{LINES[number % len(LINES)]}" stroke-width="2"/>'
    )


def wright_map(
    measures: FloatArray, columns: Sequence[tuple[str, Sequence[str], FloatArray]], *, title: str, description: str
) -> str:
    """Letters as a histogram beside judges and criteria (heading, names, values) on one vertical scale."""
    everything = [*measures, *(value for _heading, _names, values in columns for value in values)]
    height, left = 520, 220
    up = _upright([value for value in everything if np.isfinite(value)], height)
    counts, edges = np.histogram(measures, bins=BINS, range=(up.low, up.high))
    body = _vertical(up, "")
    for count, low, high in zip(counts, edges[:-1], edges[1:], strict=True):
        length = 150 * count / max(int(counts.max()), 1)
        body.append(_box(MARGIN + 8, up.at(high), length, up.at(low) - up.at(high) - 1, _bin(low, high, count)))
    width = (WIDTH - left) / max(len(columns), 1)
    for number, (heading, names, values) in enumerate(columns):
        x = left + number * width
        body.append(_text(x, 18, heading, bold=True))
        body += _spread_out(x, up, names, values)
    return _picture(height, title, description, body)


def category_curves(curve: Curve, *, title: str, description: str, across: str, upwards: str) -> str:
    """How likely each mark is, from weak letters to strong ones."""
    height = 300
    axis = Axis(float(curve.measures[0]), float(curve.measures[-1]), MARGIN + 8, WIDTH - 12)
    up = Axis(0.0, 1.0, height - MARGIN, 28)
    body = [*_horizontal(axis, height, across), *_vertical(up, upwards)]
    for number, (mark, chances) in enumerate(zip(curve.marks, curve.chances, strict=True)):
        colour = LINES[number % len(LINES)]
        points = " ".join(f"{axis.at(x):.1f},{up.at(y):.1f}" for x, y in zip(curve.measures, chances, strict=True))
        body.append(f'<polyline class="curve" points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        top = int(np.argmax(chances))
        x = min(max(axis.at(curve.measures[top]), axis.begin + 8), axis.end - 8)
        body.append(_text(x, up.at(chances[top]) - 4, plain(mark), anchor="middle", colour=colour, bold=True))
    return _picture(height, title, description, body)


def _axis(values: Iterable[float], begin: float, end: float) -> Axis:
    """An axis with a little room at both ends."""
    finite = [float(value) for value in values if np.isfinite(value)] or [0.0]
    low, high = min(finite), max(finite)
    room = (high - low) * 0.04 or 0.5
    return Axis(low - room, high + room, begin, end)


def _upright(values: Sequence[float], height: float) -> Axis:
    axis = _axis(values, 0, 1)
    return Axis(axis.low, axis.high, height - 24, 32)


def _spread_out(x: float, up: Axis, names: Sequence[str], values: FloatArray) -> list[str]:
    """Names at their values, moved apart so that each can be read; a thin line leads back."""
    body, last = [], float("inf")
    for place in np.argsort(values, kind="stable"):
        if not np.isfinite(values[place]):
            continue
        y = up.at(float(values[place]))
        shown = min(y, last - 12)
        last = shown
        if shown > 24:
            body += [_line(x, y, x + 14, shown, QUIET, "lead"), _text(x + 18, shown + 4, _short(names[place]))]
    return body


def _bin(low: float, high: float, count: int) -> str:
    return f"{plain(round(low, 1))}…{plain(round(high, 1))}: {count}"


def _horizontal(axis: Axis, height: float, label: str, written: Written = plain) -> list[str]:
    y = height - MARGIN
    body = [_line(axis.begin, y, axis.end, y, QUIET, "axis")]
    body += [_text(axis.at(tick), y + 16, written(tick), anchor="middle", colour=QUIET) for tick in axis.ticks()]
    return [*body, _text((axis.begin + axis.end) / 2, y + 34, label, anchor="middle")]


def _vertical(axis: Axis, label: str, written: Written = plain) -> list[str]:
    x = MARGIN + 4
    body = [_line(x, axis.begin, x, axis.end, QUIET, "axis")]
    body += [_text(x - 6, axis.at(tick) + 4, written(tick), anchor="end", colour=QUIET) for tick in axis.ticks()]
    return [*body, _text(4, 14, label)] if label else body


def _picture(height: float, title: str, description: str, body: Iterable[str]) -> str:
    inside = "\n".join(body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" aria-label={quoteattr(title)}'
        f' viewBox="0 0 {WIDTH} {height:g}" width="100%" font-family="system-ui, sans-serif" font-size="12">\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n{inside}\n</svg>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, kind: str) -> str:
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line class="{kind}" {place} stroke="{colour}" stroke-width="{2 if kind == "interval" else 1}"/>'


def _dot(x: float, y: float, radius: float, name: str | None) -> str:
    opacity = "" if name else ' fill-opacity="0.45"'
    inside = f"<title>{escape(name)}</title>" if name else ""
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{ACCENT}"{opacity}>{inside}</circle>'


def _box(x: float, y: float, width: float, height: float, name: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(height, 1):.1f}"'
    return f'<rect class="bar" {place} fill="{ACCENT}" fill-opacity="0.6"><title>{escape(name)}</title></rect>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(words)}</text>'


def _short(name: str) -> str:
    """A name that fits beside the plot."""
    return name if len(name) <= 18 else f"{name[:17]}…"
