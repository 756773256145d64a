"""Plots: well-formed, described, without script or style, with every element in them."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from contest.judging.severity import plots
from contest.judging.severity.adjusting import adjust
from tests.contest.judging.severity import made as making

SVG = "{http://www.w3.org/2000/svg}"


def drawn() -> dict[str, ET.Element]:
    outcome = adjust(making.made().ratings)
    judges, letters = outcome.judges, outcome.letters
    words = {"title": "A <title>", "description": "What it shows"}
    return {
        "caterpillar": ET.fromstring(
            plots.caterpillar(judges.names, judges.severity, judges.severity_se, axis_label="logits", **words)
        ),
        "fair": ET.fromstring(
            plots.fair_against_raw(letters.raw_mean, letters.fair_mark, across="raw", upwards="fair", **words)
        ),
        "map": ET.fromstring(plots.wright_map(letters.measure, [("judges", judges.names, judges.severity)], **words)),
        "curves": ET.fromstring(plots.category_curves(outcome.curves[0], across="x", upwards="p", **words)),
    }


@pytest.mark.parametrize("kind", ["caterpillar", "fair", "map", "curves"])
def test_a_plot_says_what_it_is_and_runs_nothing(kind: str) -> None:
    plot = drawn()[kind]
    found = {element.tag for element in plot.iter()}
    styled = [element for element in plot.iter() if "style" in element.attrib]
    assert (plot.get("role"), plot.findtext(f"{SVG}title"), f"{SVG}script" in found, styled) == (
        "img",
        "A <title>",
        False,
        [],
    )


def test_every_judge_has_a_dot() -> None:
    assert len(drawn()["caterpillar"].findall(f"{SVG}circle")) == 4


def test_every_letter_has_a_dot() -> None:
    assert len(drawn()["fair"].findall(f"{SVG}circle")) == 60


def test_every_mark_has_a_curve() -> None:
    assert len(drawn()["curves"].findall(f"{SVG}polyline")) == 5


def test_a_judge_without_error_and_equal_values_can_be_drawn() -> None:
    plot = plots.caterpillar(["A", "B"], np.zeros(2), np.full(2, np.nan), title="t", description="d", axis_label="a")
    assert len(ET.fromstring(plot).findall(f"{SVG}circle")) == 2


def test_ticks_are_written_as_the_reader_writes_figures() -> None:
    def ticks(written: plots.Written) -> list[str | None]:
        values, errors = np.array([-1.0, 1.0]), np.zeros(2)
        words = {"title": "t", "description": "d", "axis_label": "a"}
        plot = ET.fromstring(plots.caterpillar(["A", "B"], values, errors, written=written, **words))
        return [each.text for each in plot.iter(f"{SVG}text") if each.get("text-anchor") == "middle"]

    assert ticks(plots.plain) == ["−1", "−0.5", "0", "0.5", "1", "a"]
    assert ticks(lambda figure: f"<{figure}>")[:2] == ["<-1.0>", "<-0.5>"]
