"""`temthu judging adjust`: any spreadsheet in, the named files out, one clear sentence for nonsense."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contest.judging.commands import commands
from contest.judging.spreadsheets import marks
from core.errors import Refused
from tests.contest.judging.severity import made as making

LONG = "letter,judge,criterion,mark\n" + "".join(
    f"L{letter},J{judge},{criterion},{(letter + judge + ease) % 5}\n"
    for letter in range(12)
    for judge in (letter % 3, (letter + 1) % 3)
    for criterion, ease in (("idea", 0), ("style", 1))
)


def adjusted(folder: Path, text: str, *options: str) -> Result:
    """Run the command on this file."""
    path = folder / "marks.csv"
    path.write_bytes(text.encode())
    return CliRunner().invoke(commands, ["adjust", str(path), "--out", str(folder / "out"), *options])


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "out" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refusal(folder: Path, text: str) -> str:
    path = folder / "marks.csv"
    path.write_bytes(text.encode())
    with pytest.raises(Refused) as refused:
        marks.marks(path)
    return refused.value.message % refused.value.values


def given(folder: Path, text: str) -> list[tuple[str, str, str, float]]:
    """What was understood, in the order of the file."""
    path = folder / "marks.csv"
    path.write_bytes(text.encode())
    found = marks.marks(path)
    return [
        (found.letters[letter], found.judges[judge], found.criteria[criterion], float(mark))
        for letter, judge, criterion, mark in zip(found.letter, found.judge, found.criterion, found.mark, strict=True)
    ]


@pytest.mark.parametrize("model", ["rasch", "additive"])
def test_every_file_is_written_with_its_columns(tmp_path: Path, model: str) -> None:
    result = adjusted(tmp_path, LONG, "--model", model)
    heads = {path.name: path.read_text("utf-8").splitlines()[0] for path in sorted((tmp_path / "out").glob("*.csv"))}
    assert (result.exit_code, heads) == (
        0,
        {
            "criteria.csv": "criterion,marks,difficulty,se,infit,outfit",
            "judges.csv": "judge,reads,severity,se,infit,outfit",
            "letters.csv": "letter,reads,raw_mean,fair_mark,measure,se",
            "steps.csv": "criterion,step,mark,tau,se",
        },
    )


def test_the_summary_holds_the_figures_of_the_whole(tmp_path: Path) -> None:
    adjusted(tmp_path, LONG)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    named = ("deviance", "log_likelihood", "person_variance", "reliability", "separation", "iterations", "seconds")
    assert [name for name in named if not isinstance(summary.get(name), int | float)] == []


def test_the_report_loads_nothing_and_runs_nothing(tmp_path: Path) -> None:
    adjusted(tmp_path, LONG)
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    outside = [word for word in ("<script", "src=", "href=", "url(", "@import") if word in page]
    assert (outside, page.count("<svg")) == ([], 5)


def test_names_are_written_as_text_into_the_report(tmp_path: Path) -> None:
    adjusted(tmp_path, LONG.replace("J1", "<b>&J1"))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert ("<b>" in page, "&lt;b&gt;&amp;J1" in page) == (False, True)


def test_wide_and_long_are_the_same_marks(tmp_path: Path) -> None:
    wide = given(tmp_path, "letter,judge,idea,style\n1,A,3,4\n2,A,,5\n")
    long = given(tmp_path, "letter,judge,criterion,mark\n1,A,idea,3\n1,A,style,4\n2,A,style,5\n")
    assert wide == long


def test_the_criterion_may_be_left_out(tmp_path: Path) -> None:
    assert given(tmp_path, "letter,judge,mark\n1,A,3\n") == [("1", "A", "mark", 3.0)]


def test_a_spreadsheet_of_this_country_is_understood(tmp_path: Path) -> None:
    """BOM, semicolons, decimal commas, CRLF, another order of columns, spaces, an empty line."""
    text = "\ufeffMark;Judge; Letter \r\n7,5;Hà; 12\r\n;;\r\n8;Hà;13\r\n"
    assert given(tmp_path, text) == [("12", "Hà", "mark", 7.5), ("13", "Hà", "mark", 8.0)]


def test_rows_numbered_by_a_program_and_na_are_understood(tmp_path: Path) -> None:
    assert given(tmp_path, '"","letter","judge","k1"\n"1",5,"A",NA\n"2",6,"A",2\n') == [("6", "A", "k1", 2.0)]


def test_a_row_that_says_the_same_again_counts_once(tmp_path: Path) -> None:
    assert given(tmp_path, "letter,judge,mark\n1,A,3\n1,A,3\n") == [("1", "A", "mark", 3.0)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "marks.csv, line 1: there is no head with the names of the columns."),
        ("letter,judge,mark\n", "marks.csv holds no marks."),
        ("letter,mark\n1,2\n", "marks.csv, line 1: the column 'judge' is missing; the columns are: letter, mark."),
        ("letter,judge,mark\n1,A,4\n2,A,good\n", "marks.csv, line 3: 'good' in column 'mark' is not a number."),
        ("letter,judge,mark\n1,,4\n", "marks.csv, line 2: the column 'judge' is empty."),
        ("letter,judge,mark\n1,A,3,5\n", "marks.csv, line 2: 4 cells where the head has 3."),
        (
            "letter,judge,mark\n1,A,3\n1,A,4\n",
            "marks.csv, line 3: A already marked letter 1 in line 2 (mark: 3, now 4).",
        ),
    ],
)
def test_nonsense_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == sentence


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(b"letter,judge,mark\n1,\x81\x8d,3\n")
    with pytest.raises(Refused) as refused:
        marks.marks(path)
    assert "not text in UTF-8" in str(refused.value.values["reason"])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_marks_are_read_as_every_other_file(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes("letter,judge,mark\n1,René,3\n".replace(",", separator).encode(encoding))
    assert marks.marks(path).judges == ["René"]


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["adjust", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2


def test_an_anchored_judge_is_written_as_anchored(tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("judge,severity\nJ0,0.75\n", "utf-8")
    adjusted(tmp_path, LONG, "--anchors", str(anchors))
    row = next(row for row in read(tmp_path, "judges.csv") if row["judge"] == "J0")
    assert (row["severity"], row["se"]) == ("0.75", "0")


def test_anchors_of_nobody_are_refused(tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("judge,severity\nnobody,0.75\n", "utf-8")
    assert isinstance(adjusted(tmp_path, LONG, "--anchors", str(anchors)).exception, Refused)


def test_an_anchor_with_two_values_is_refused(tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("judge,severity\nJ0,0.75\nJ0,0.5\n", "utf-8")
    refused = adjusted(tmp_path, LONG, "--anchors", str(anchors)).exception
    assert isinstance(refused, Refused)
    assert refused.message % refused.values == "anchors.csv, line 3: J0 has the severity 0.75 already, now 0.5."


def test_an_anchor_that_nobody_has_is_named(tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.csv"
    anchors.write_text("judge,severity\nJ0,0.75\nTypo,0.5\n", "utf-8")
    result = adjusted(tmp_path, LONG, "--anchors", str(anchors))
    assert result.stderr.splitlines()[0] == "These anchors are not among the marks: Typo."


def test_disconnected_judges_are_said_in_summary_and_report(tmp_path: Path) -> None:
    apart = LONG + "".join(f"X{letter},Z,{name},{letter % 4}\n" for letter in range(6) for name in ("idea", "style"))
    adjusted(tmp_path, apart)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert (summary["connected"], summary["link"], "Z with J0" in page) == (False, [{"judge": "Z", "with": "J0"}], True)


def test_ratings1_from_its_file_has_the_severities_of_tam(tmp_path: Path) -> None:
    rows = making.published("ratings1.csv")
    names = ("k1", "k2", "k3", "k4", "k5")
    lines = [f"{row['idstud']},{row['rater']},{','.join(row[name] for name in names)}" for row in rows]
    adjusted(tmp_path, "\n".join(["letter,judge,k1,k2,k3,k4,k5", *lines]))
    found = {row["judge"]: float(row["severity"]) for row in read(tmp_path, "judges.csv")}
    expected = {
        "db01": 1.020,
        "db02": 0.514,
        "db03": 0.416,
        "db07": -0.761,
        "db08": -0.089,
        "db31": -0.775,
        "db54": -0.326,
    }
    assert found == pytest.approx(expected, abs=0.02)


def test_a_rating_scale_follows_mfrmr(tmp_path: Path) -> None:
    rows = making.published("ratings1.csv")
    names = ("k1", "k2", "k3", "k4", "k5")
    lines = [f"{row['idstud']},{row['rater']},{','.join(row[name] for name in names)}" for row in rows]
    adjusted(tmp_path, "\n".join(["letter,judge,k1,k2,k3,k4,k5", *lines]), "--steps", "rating-scale")
    found = {row["judge"]: float(row["severity"]) for row in read(tmp_path, "judges.csv")}
    theirs = making.published("ratings1-mfrmr-RSM-facets.csv")
    expected = {row["Level"]: float(row["Estimate"]) for row in theirs if row["Facet"] == "Rater"}
    assert found == pytest.approx(expected, abs=0.02)


def heard(folder: Path, text: str) -> list[str]:
    """What is said of the columns."""
    path, said = folder / "marks.csv", list[str]()
    path.write_bytes(text.encode())
    marks.marks(path, tell=said.append)
    return said


def test_a_criterion_called_mark_does_not_hide_the_others(tmp_path: Path) -> None:
    text = "letter,judge,mark,style,remark\n1,A,3,4,good\n2,A,2,,\n"
    assert given(tmp_path, text) == [("1", "A", "mark", 3.0), ("1", "A", "style", 4.0), ("2", "A", "mark", 2.0)]
    assert heard(tmp_path, text) == [
        "marks.csv: criteria are the columns mark, style.",
        "marks.csv: not used are the columns remark.",
    ]


@pytest.mark.parametrize(
    "head", ["letter,judge,mark,remark", "letter,judge,mark,empty", "letter,judge,criterion,mark,minutes"]
)
def test_columns_of_a_long_file_that_are_not_used_are_named(tmp_path: Path, head: str) -> None:
    last = {"remark": "good", "empty": "", "minutes": "3"}[head.rpartition(",")[2]]
    row = "1,A,idea,3" if "criterion" in head else "1,A,3"
    text = f"{head}\n{row},{last}\n"
    assert len(given(tmp_path, text)) == 1
    assert heard(tmp_path, text) == [f"marks.csv: not used are the columns {head.rpartition(',')[2]}."]


def test_columns_that_are_not_used_are_said_on_stderr(tmp_path: Path) -> None:
    rows = "".join(
        line + ("why\n" if at == 0 else "x\n") for at, line in enumerate(LONG.replace("\n", ",\n").splitlines())
    )
    assert "marks.csv: not used are the columns why." in adjusted(tmp_path, rows).stderr.splitlines()
