"""Tables people saved from a spreadsheet: read as they are meant, refused with the place that is wrong."""

from pathlib import Path

import pytest

from contest.judging.spreadsheets.reading import table
from contest.judging.spreadsheets.tables import number
from contest.judging.spreadsheets.writing import write
from core.errors import Refused


def saved(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(path: Path, *needed: str) -> list[dict[str, str]]:
    return [row.cells for row in table(path, needed).rows]


def refusal(path: Path, *needed: str) -> str:
    with pytest.raises(Refused) as caught:
        list(table(path, needed).rows)
    return caught.value.message % caught.value.values


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator(tmp_path: Path, separator: str) -> None:
    text = f"letter{separator}judge\n1{separator}Lan\n"
    assert cells(saved(tmp_path, text), "letter", "judge") == [{"letter": "1", "judge": "Lan"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    content = "judge\nNguyễn Ánh\n".encode(encoding)
    assert cells(saved(tmp_path, content), "judge") == [{"judge": "Nguyễn Ánh"}]


def test_plain_csv_of_a_western_windows(tmp_path: Path) -> None:
    assert cells(saved(tmp_path, "judge\nRené\n".encode("cp1252")), "judge") == [{"judge": "René"}]


def test_any_order_and_spelling_of_columns(tmp_path: Path) -> None:
    path = saved(tmp_path, "Not-Chosen, CHOSEN\nb, a\n")
    assert cells(path, "chosen", "not_chosen") == [{"not_chosen": "b", "chosen": "a"}]


def test_columns_go_by_their_synonyms(tmp_path: Path) -> None:
    path = saved(tmp_path, "judgeName\nLan\n")
    assert table(path, ["judge"], {"judgename": "judge"}).columns == ("judge",)


def test_empty_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    rows = table(saved(tmp_path, "\r\njudge;x\r\n\r\nLan;\r\n;\r\n"), ["judge"]).rows
    assert [(row.line, row.cells) for row in rows] == [(4, {"judge": "Lan", "x": ""})]


def test_a_short_line_has_empty_cells(tmp_path: Path) -> None:
    assert cells(saved(tmp_path, "judge,x,y\nLan,1\n"), "judge") == [{"judge": "Lan", "x": "1", "y": ""}]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "letter\n1\n"), "letter", "judge") == (
        "table.csv, line 1: columns missing or unknown: missing judge."
    )


def test_an_empty_file_lacks_its_columns(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, ""), "judge") == "table.csv, line 1: columns missing or unknown: missing judge."


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "judge,Judge\n"), "judge") == (
        "table.csv, line 1: columns missing or unknown: twice judge."
    )


def test_more_cells_than_columns_name_the_line(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "judge\nLan\nLan,7\n"), "judge") == (
        "table.csv, line 3, column last: more cells than columns."
    )


def test_bytes_of_no_usual_encoding_are_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, b"judge\n\x81\n"), "judge").startswith("The file table.csv cannot be read: ")


@pytest.mark.parametrize(("typed", "value"), [("3.5", 3.5), ("3,5", 3.5), ("-2", -2.0), ("", None), ("NA", None)])
def test_decimals_take_a_point_or_a_comma(typed: str, value: float | None) -> None:
    assert number(typed) == value


@pytest.mark.parametrize("typed", ["good", "inf", "1.2.3", "9" * 400])
def test_what_is_no_finite_number_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        number(typed)


def test_the_line_that_excel_writes_before_the_head_names_the_separator(tmp_path: Path) -> None:
    path = saved(tmp_path, "sep=;\r\njudge;x\r\nLan, Mai;1\r\n")
    assert [(row.line, row.cells) for row in table(path, ["judge"]).rows] == [(3, {"judge": "Lan, Mai", "x": "1"})]


def test_a_name_is_the_same_however_its_accents_are_coded(tmp_path: Path) -> None:
    path = saved(tmp_path, "judge\nHa\u0300\nH\u00e0\n")
    assert {row["judge"] for row in cells(path, "judge")} == {"H\u00e0"}


def test_a_cell_may_have_several_lines(tmp_path: Path) -> None:
    rows = table(saved(tmp_path, 'judge,x\nLan,"a\nb"\nMai,\n'), ["judge"]).rows
    assert [(row.line, row.cells["judge"]) for row in rows] == [(2, "Lan"), (4, "Mai")]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, ["letter", "mark"], [["Thư, 1", 0.5], ["2", None]])
    assert cells(path, "letter") == [{"letter": "Thư, 1", "mark": "0.5"}, {"letter": "2", "mark": ""}]


def test_a_column_without_a_name_is_not_offered(tmp_path: Path) -> None:
    assert table(saved(tmp_path, "letter;judge;;\n1;Lan;;\n"), ["judge"]).columns == ("letter", "judge")


@pytest.mark.parametrize("place", ["taken", "taken/out.csv"])
def test_what_cannot_be_written_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "taken").mkdir() if place == "taken" else (tmp_path / "taken").write_text("")
    with pytest.raises(Refused, match="cannot be written"):
        write(tmp_path / place, ["letter"], [])
