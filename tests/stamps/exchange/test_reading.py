"""Files as strangers bring them: encodings, separators, quoting, headings, what stands around the rows."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.errors import Refused
from core.formulas import guarded, unguarded
from stamps.exchange import tables
from stamps.exchange.columns import COLNECT, header_of
from stamps.exchange.lists import Entry, cells_of, entries_of
from stamps.exchange.records import Fault, record
from stamps.exchange.tables import Table, table_of
from stamps.exchange.writing import Leaving, as_json, colnect_as_it_came, plain_csv, spreadsheet
from tests.stamps.exchange.files import DOVE, QUILL, REAL, colnect, kept, line

NOW = datetime(2026, 1, 15, tzinfo=UTC)


def as_it_came(table: Table) -> bytes:
    raws = [row.raw for row in table.rows]
    writing = replace(table.writing, closed=table.closed)
    return b"".join(colnect_as_it_came(table.head, raws, table.tail, writing))


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b"\xef\xbb\xbf"), ("utf-8", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b""), ("cp1252", b"")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_list_in_any_encoding_is_read_and_goes_out_byte_for_byte(
    tmp_path: Path, encoding: str, mark: bytes, newline: str
) -> None:
    content = mark + colnect(DOVE, QUILL).replace("\n", newline).encode(encoding)
    table = table_of(kept(tmp_path, content))
    assert table.kind == "colnect"
    assert as_it_came(table) == content
    assert [row.cells[0] for row in table_of(kept(tmp_path, content)).rows] == ["White dove", 'A quill, "Old letters"']


@pytest.mark.skipif(not REAL, reason="the real lists are not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_the_real_lists_go_out_as_they_came_in_and_are_quoted_as_we_quote(path: Path) -> None:
    table = table_of(path)
    assert as_it_came(table) == path.read_bytes()
    assert all(record(row.cells) == row.raw for row in table_of(path).rows)


def test_blank_lines_between_rows_stay_where_they_are(tmp_path: Path) -> None:
    content = colnect(DOVE, "", QUILL).encode()
    assert as_it_came(table_of(kept(tmp_path, content))) == content


def test_a_row_with_broken_quoting_is_told_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = list(table_of(kept(tmp_path, colnect(DOVE, 'Rose,"Alba"nia,x', 'Tulip,"never closed', QUILL))).rows)
    assert [(row.line, row.fault) for row in rows] == [(8, None), (9, Fault.QUOTING), (10, Fault.QUOTING), (11, None)]


def test_a_row_of_another_width_is_told(tmp_path: Path) -> None:
    rows = list(table_of(kept(tmp_path, colnect(line(DOVE) + ",more,more", "a,b,c", line(DOVE) + ",,"))).rows)
    assert [row.fault for row in rows] == [Fault.TOO_MANY, Fault.TOO_FEW, None]


def test_a_cell_with_a_line_end_is_one_cell(tmp_path: Path) -> None:
    rows = list(table_of(kept(tmp_path, colnect(DOVE | {"Description": "two\nlines, both"}, QUILL))).rows)
    assert [row.line for row in rows] == [8, 10]
    assert rows[0].cells[COLNECT.index("Description")] == "two\nlines, both"


def test_a_line_of_ten_megabytes_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = list(table_of(kept(tmp_path, colnect("x" * 10_000_000, QUILL))).rows)
    assert [row.fault for row in rows] == [Fault.TOO_LONG, None]
    assert len(rows[0].raw) <= 1000


def test_nul_signs_are_left_out(tmp_path: Path) -> None:
    rows = list(table_of(kept(tmp_path, colnect(DOVE).replace("White dove", "White\0 dove"))).rows)
    assert rows[0].cells[0] == "White dove"


def test_two_lists_one_after_the_other_are_both_read(tmp_path: Path) -> None:
    content = (colnect(DOVE) + colnect(QUILL)).encode()
    table = table_of(kept(tmp_path, content))
    assert [row.cells[0] for row in table.rows if not row.frame] == ["White dove", 'A quill, "Old letters"']
    assert as_it_came(table_of(kept(tmp_path, content))) == content


def test_semicolons_part_cells_too(tmp_path: Path) -> None:
    table = table_of(kept(tmp_path, "Name;Country;Catalog Codes\nRose;Albania;Mi:AL 1155\n"))
    assert [row.cells for row in table.rows] == [("Rose", "Albania", "Mi:AL 1155")]
    assert table.header.columns == ("Name", "Country", "Catalog Codes")


@pytest.mark.parametrize(
    "names",
    ["Nom;Pays;Date d'émission;Valeur faciale", "Nombre;País;Fecha de emisión;Valor facial", "Tên;Nước;Ngày phát hành;Giá mặt",
     "Название;Страна;Дата выпуска;Номинал", "Bezeichnung;Land;Ausgabedatum;Nennwert"],
)  # fmt: skip
def test_headings_of_other_languages_are_known(names: str) -> None:
    header = header_of(names.split(";"))
    assert header is not None
    assert header.columns == ("Name", "Country", "Issued on", "FaceValue")


def test_thirty_nine_headings_nobody_knows_are_taken_by_their_place() -> None:
    header = header_of([f"見出し{number}" for number in range(39)])
    assert header is not None
    assert (header.by_position, header.columns) == (True, COLNECT)


def test_headings_that_say_nothing_are_named() -> None:
    header = header_of(["Name", "Country", "Album page"])
    assert header is not None
    assert header.unknown == ("Album page",)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\0\0", b"hello", b"PK\x03\x04 and no more", b"{}", b"[1, 2]", b'{"stamps": 7}', b"[" * 100_000,
     b"\xd0\xcf\x11\xe0 an old book", b"Name\n", b"\xff\xfe", b"a,b,c\n1,2,3\n"],
)  # fmt: skip
def test_a_file_that_holds_no_stamps_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused):
        list(table_of(kept(tmp_path, content)).rows)


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 100_000_000)
    with pytest.raises(Refused, match="unpacks to more"):
        table_of(kept(tmp_path, made.getvalue(), "bomb.xlsx"))


def test_a_spreadsheet_says_what_was_typed(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["My stamps"])
    book.active.append(["Name", "Country", "Issued on", "FaceValue"])
    book.active.append(["Rose", "Albania", date(1967, 5, 15), 15.0])
    book.save(tmp_path / "a.xlsx")
    table = table_of(tmp_path / "a.xlsx")
    assert [row.cells for row in table.rows] == [("Rose", "Albania", "1967-05-15", "15")]


def formulas(tmp_path: Path, write: Callable[..., object]) -> list[tuple[str, ...]]:
    cells = {"Name": "=HYPERLINK(1)", "Country": "Albania", "FaceValue": "-5", "Description": "+1"}
    path = kept(tmp_path, b"".join(write([Leaving(cells)])))  # type: ignore[arg-type]
    table = table_of(path)
    places = table.header.places
    return [tuple(row.cells[places[column]] for column in cells) for row in table.rows]


@pytest.mark.parametrize("write", [plain_csv, spreadsheet, lambda rows: as_json(rows, now=NOW)])
def test_our_own_files_come_back_as_they_were(tmp_path: Path, write: Callable[..., object]) -> None:
    assert formulas(tmp_path, write) == [("=HYPERLINK(1)", "Albania", "-5", "+1")]


def test_no_cell_of_plain_csv_is_a_formula() -> None:
    text = b"".join(plain_csv([Leaving({"Name": "=1+1"})])).decode()
    assert "\r\n'=1+1," in text
    assert [unguarded(guarded(cell)) for cell in ("@x", "\n=x", "'=x", "x")] == ["@x", "\n=x", "=x", "x"]


def test_json_holds_one_object_a_stamp() -> None:
    given = json.loads(b"".join(as_json([Leaving({"Name": "Rose"}), Leaving({}, raw="broken")], now=NOW)))
    assert given["stamps"] == [{"name": "Rose"}]


def test_lists_of_a_row_stand_in_parallel() -> None:
    entries, sure = entries_of(DOVE)
    assert sure
    assert entries == [Entry("Wish", 2, "MNH", "", 'from "uncle"'), Entry("Test Swap FROM")]
    assert cells_of(entries) == {column: DOVE[column] for column in COLNECT[-5:]}


@pytest.mark.parametrize("quantity", ["[2]", "[2],[x]", "2,3"])
def test_lists_that_do_not_stand_in_parallel_are_in_doubt(quantity: str) -> None:
    assert entries_of(DOVE | {"Quantity": quantity})[1] is False


def cut(content: bytes) -> bytes:
    """A spreadsheet whose first sheet ends in its middle."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w") as broken:
        for part in whole.namelist():
            held = whole.read(part)
            broken.writestr(part, held[: len(held) // 2] if part.endswith("sheet1.xml") else held)
    return out.getvalue()


def sheet(rows: int) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["Name", "Country"])
    for number in range(rows):
        book.active.append([f"Rose {number}", "Estonia"])
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_that_breaks_off_is_refused_wherever_it_does(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="can be opened"):
        list(table_of(kept(tmp_path, cut(sheet(60)))).rows)


def test_a_spreadsheet_is_read_to_its_last_row_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    assert len(list(table_of(kept(tmp_path, sheet(10))).rows)) == 10
    with pytest.raises(Refused, match="too long"):
        list(table_of(kept(tmp_path, sheet(11))).rows)


def test_half_a_sign_alone_is_marked_and_the_rest_is_read(tmp_path: Path) -> None:
    text = r'[{"name": "A\ud800", "country": "Vietnam", "x\udfff": "\ud83d\ude00"}]'
    (row,) = table_of(kept(tmp_path, text)).rows
    assert row.cells == ("A\ufffd", "Vietnam", "\U0001f600")


def test_a_cell_too_long_to_be_kept_is_told(tmp_path: Path) -> None:
    text = json.dumps([{"name": "A" * 100_001, "country": "Vietnam"}, {"name": "B", "country": "Laos"}])
    assert [row.fault for row in table_of(kept(tmp_path, text)).rows] == [Fault.TOO_LONG, None]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\n|\r\n", "\r\n|\n", "\r\r\n|\n", "\n|", "\r\n|"])
def test_each_row_keeps_its_own_line_end(tmp_path: Path, ends: str) -> None:
    usual, *other = ends.split("|")
    rows = ["Name,Country,Issued on", "Dove,Estonia,1994", "Rose,Estonia,1995"]
    content = usual.join(rows) + (other[0] if other else usual)
    assert as_it_came(table_of(kept(tmp_path, content.encode()))) == content.encode()


def test_a_row_of_a_spreadsheet_wider_than_its_heading_is_told(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["Name", "Country"], ["Dove", "Estonia", "beside"], ["Rose", "Estonia"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    rows = list(table_of(tmp_path / "a.xlsx").rows)
    assert [(row.fault, row.raw) for row in rows] == [(Fault.TOO_MANY, "Dove,Estonia,beside"), (None, "Rose,Estonia")]
