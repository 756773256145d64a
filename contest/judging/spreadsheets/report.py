"""The report of `temthu judging adjust`: one HTML file with everything inside, to be opened, printed or sent.

Nothing is loaded from elsewhere and nothing runs. Plots come from `severity.plots`; each stands beside its table.
"""

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import numpy as np

from contest.judging.severity import plots
from contest.judging.severity.fit import ERRATIC, PREDICTABLE
from contest.judging.severity.outcome import Outcome

MOST_MOVED = 40
MOST_JUDGES = 120

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1f2430;background:#fff;max-width:46rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem}h1,h2,p{overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:1rem 0}.wide:focus-visible{outline:2px solid #1d4ed8;outline-offset:2px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #d7dae0}td{white-space:nowrap}
th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:#fff}
td:first-child{max-width:9rem;white-space:normal;overflow-wrap:anywhere}
.wide svg{display:block;min-width:40rem;max-width:44rem;height:auto}
.remark{border-left:4px solid #b45309;padding:.3rem .8rem;background:#fff7ed}
@media print{.wide{overflow:visible}.wide svg{min-width:0;max-width:100%}}
"""


def report(outcome: Outcome) -> str:
    """The whole page."""
    parts = [
        f"<h1>Fair marks</h1>\n<p>{_opening(outcome)}</p>",
        *(f'<p class="remark">{escape(remark)}</p>' for remark in outcome.remarks),
        _letters(outcome),
        _judges(outcome),
        _criteria(outcome),
        _figures(outcome),
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    body = "\n".join(part for part in parts if part)
    return f'<!doctype html>\n<html lang="en">\n<head>{head}<title>Fair marks</title><style>{STYLE}</style></head>\n<body><main>\n{body}\n</main></body>\n</html>\n'  # noqa: E501 - one line of HTML


def _opening(outcome: Outcome) -> str:
    counts = outcome.figures
    what = (
        f"{counts['reads']} reads of {counts['letters']} letters by {counts['judges']} judges, {counts['marks']} marks."
    )
    model = "the many-facet Rasch model" if outcome.model == "rasch" else "the shrunken additive model"
    return f"{what} A fair mark is what a judge of average sternness would have given, found by {model}."


def _letters(outcome: Outcome) -> str:
    letters = outcome.letters
    plot = plots.fair_against_raw(
        letters.raw_mean,
        letters.fair_mark,
        title="Fair mark against raw mean",
        description="A dot for each letter. Dots above the line were read by stern judges, dots below it by mild ones.",
        across="raw mean",
        upwards="fair mark",
    )
    moved = np.argsort(-np.abs(letters.fair_mark - letters.raw_mean), kind="stable")[:MOST_MOVED]
    columns = (letters.raw_mean, letters.fair_mark, letters.fair_se, letters.of_judges, letters.of_rest)
    rows = [
        (letters.names[place], int(letters.reads[place]), *(_number(column[place]) for column in columns))
        for place in moved
    ]
    head = ("letter", "reads", "raw mean", "fair mark", "± error", "for its judges", "for few reads")
    about = (
        "These moved most. “For its judges” is given back to letters that stern judges read and taken from those that mild ones"
        " read; “for few reads” draws a letter towards the middle while little is known of it."
    )
    shown = _framed("Fair mark against raw mean", plot)
    return f"<h2>Letters</h2>\n{shown}\n<p>{about}</p>\n{_table('Letters that moved most', head, rows)}"


def _judges(outcome: Outcome) -> str:
    judges = outcome.judges
    busiest = np.sort(np.argsort(-judges.reads, kind="stable")[:MOST_JUDGES])
    names = [judges.names[place] for place in busiest]
    plot = plots.caterpillar(
        names,
        judges.severity[busiest],
        judges.severity_se[busiest],
        title="Severity of judges",
        description="Each judge with a 95 % interval; right of zero is stern, left is mild.",
        axis_label=f"severity in {outcome.unit}: mild ← 0 → stern",
    )
    rows = [
        (judges.names[place], int(judges.reads[place]), *_cells(judges, place), _verdict(judges.infit[place]))
        for place in busiest
    ]
    head = ("judge", "reads", "severity", "± error", "infit", "outfit", "")
    return f"<h2>Judges</h2>\n{_framed('Severity of judges', plot)}\n{_table('Judges', head, rows)}"


def _cells(judges: Any, place: int) -> list[str]:
    return [_number(column[place]) for column in (judges.severity, judges.severity_se, judges.infit, judges.outfit)]


def _verdict(infit: float) -> str:
    if infit > ERRATIC:
        return "erratic"
    return "too predictable" if infit < PREDICTABLE else ""


def _criteria(outcome: Outcome) -> str:
    criteria = outcome.criteria
    columns = (criteria.difficulty, criteria.difficulty_se, criteria.infit, criteria.outfit)
    rows = [
        (name, int(criteria.marks[place]), *(_number(column[place]) for column in columns))
        for place, name in enumerate(criteria.names)
    ]
    parts = [
        "<h2>Criteria</h2>",
        _table("Criteria", ("criterion", "marks", "difficulty", "± error", "infit", "outfit"), rows),
    ]
    if outcome.curves:
        parts += [_map(outcome), *(_curve(curve) for curve in outcome.curves)]
    return "\n".join(parts)


def _map(outcome: Outcome) -> str:
    judges, criteria = outcome.judges, outcome.criteria
    columns = [("judges", judges.names, judges.severity), ("criteria", criteria.names, criteria.difficulty)]
    title = "Letters, judges and criteria on one scale"
    plot = plots.wright_map(
        outcome.letters.measure,
        columns,
        title=title,
        description="Letters as a histogram; judges and criteria higher up are sterner and harder.",
    )
    return _framed(title, plot)


def _curve(curve: Any) -> str:
    title = f"How marks are used: {curve.criterion}"
    plot = plots.category_curves(
        curve,
        title=title,
        description="How likely each mark is for weak letters (left) and strong ones (right).",
        across="measure of the letter in logits",
        upwards=f"probability of each mark, {curve.criterion}",
    )
    return _framed(title, plot)


def _figures(outcome: Outcome) -> str:
    rows = [(name.replace("_", " "), _number(value)) for name, value in outcome.figures.items()]
    for facet, found in outcome.separation.items():
        rows += [
            (f"{facet}: separation", _number(found.separation)),
            (f"{facet}: reliability", _number(found.reliability)),
            (f"{facet}: strata", _number(found.strata)),
        ]
    return f"<h2>Figures</h2>\n{_table('Figures', ('figure', 'value'), rows)}"


def _framed(name: str, content: str) -> str:
    """Wider than a phone, it scrolls in its frame, by finger or by keyboard, and the page stays."""
    return f'<div class="wide" role="region" aria-label="{escape(name)}" tabindex="0">{content}</div>'


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    lines = "\n".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return _framed(name, f"<table><thead><tr>{titles}</tr></thead>\n<tbody>\n{lines}\n</tbody></table>")


def _number(value: Any) -> str:
    """Three places that count; a dash where nothing is known."""
    if not isinstance(value, float):
        return str(value)
    if not math.isfinite(value):
        return "–"
    return (f"{value:.3g}" if abs(value) < 100 else f"{value:.1f}").replace("-", "−")
