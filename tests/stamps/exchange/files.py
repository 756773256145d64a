"""Made-up lists in the form of Colnect's, and the real ones where `../shared` is there."""

from collections.abc import Mapping
from pathlib import Path

from stamps.exchange.columns import COLNECT
from stamps.exchange.records import record

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "colnect"
WORLDS = SHARED.parent / "stamps-world.csv"
REAL = sorted(SHARED.glob("*.csv"))
DOVE = {
    "Name": "White dove",
    "Country": "Estonia",
    "Series": "Birds of peace (1994)",
    "Catalog Codes": "Mi:EE 935, Sn:EE 976, Gz :EE 44",
    "Issued on": "1994-08-23",
    "Width": "27.5",
    "Height": "33",
    "Format": "Stamp",
    "Emission": "Commemorative",
    "Perforation": "comb<i> 13¾ x 14</i>",
    "Printing": "Offset lithography",
    "Currency": "KR - Estonian kroon",
    "FaceValue": "1",
    "Parent Item": "0",
    "Colors": "Multicolor",
    "Designers": "Mari Kask,Jaan Tamm (E)",
    "Printers": "AS Vaba Trükk, Tallinn",
    "Themes": "Birds,Peace",
    "Link": "https://colnect.com/stamps/stamp/900001",
    "List": "Wish,Test Swap FROM",
    "Quantity": "[2],[]",
    "Condition": "[MNH],[]",
    "Public Note": "[],[]",
    "Private Note": '[from "uncle"],[]',
}
QUILL = DOVE | {
    "Name": 'A quill, "Old letters"',
    "Catalog Codes": "Mi:EE 936",
    "Link": "https://colnect.com/stamps/stamp/900002",
    "FaceValue": "3*80",
    "Issued on": "30/02/1998",
    "Perforation": "13.33 x 13.5",
    "List": "",
    "Quantity": "",
    "Condition": "",
    "Public Note": "",
    "Private Note": "",
}
HEAD = (
    '"Stamps on Colnect","List exported on 2026-08-22 11:00:01 GMT+0"\n'
    '"Launched by collector: ","A Collector [collector]"\n'
    '"Collector profile on Colnect at: ",https://colnect.com/en/collectors/collector/collector\n'
    '"This list contains 2 Stamps"\n'
    '"For the updated list on Colnect visit: ",https://colnect.com/en/stamps/list/custom_list__15/collector\n\n'
)
TAIL = '\n\n"END of Colnect list launched on 2026-08-22 11:00:01 GMT+0"\n'


def line(cells: Mapping[str, str], separator: str = ",") -> str:
    return record((cells.get(column, "") for column in COLNECT), separator)


def colnect(*rows: Mapping[str, str] | str) -> str:
    """The text of a list; a row may be given as it stands."""
    lines = [row if isinstance(row, str) else line(row) for row in rows]
    return HEAD + "\n".join([record(COLNECT), *lines]) + "\n" + TAIL


def kept(folder: Path, text: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8-sig"))
    return path
