"""The cells that say something of a collector's own things: parallel lists, `Wish,Swap` with `[2],[]`. Pure.

A list name is written without commas by Colnect; values of each list stand in brackets, in the order of the lists.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BRACKETED = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:,|$)")


@dataclass(frozen=True)
class Entry:
    """One stamp in one list: how many, in what condition as written, notes. None: the number was not said."""

    list: str
    quantity: int | None = None
    condition: str = ""
    public_note: str = ""
    private_note: str = ""


def entries_of(cells: Mapping[str, str]) -> tuple[list[Entry], bool]:
    """What five cells say, and whether every part of it was understood."""
    names = [name.strip() for name in cells.get("List", "").split(",") if name.strip()]
    columns, sure = {}, True
    for column in ("Quantity", "Condition", "Public Note", "Private Note"):
        columns[column], fits = _parts(cells.get(column, ""), len(names))
        sure = sure and fits
    made = []
    for at, name in enumerate(names):
        quantity = _whole(columns["Quantity"][at])
        sure = sure and (quantity is not None or not columns["Quantity"][at])
        made.append(
            Entry(name, quantity, columns["Condition"][at], columns["Public Note"][at], columns["Private Note"][at])
        )
    return made, sure


def cells_of(entries: Sequence[Entry]) -> dict[str, str]:
    """The five cells of entries; all empty for none."""
    if not entries:
        return dict.fromkeys(("List", "Quantity", "Condition", "Public Note", "Private Note"), "")
    quantities = ["" if entry.quantity is None else str(entry.quantity) for entry in entries]
    return {
        "List": ",".join(entry.list.replace(",", " ") for entry in entries),
        "Quantity": _bracketed(quantities),
        "Condition": _bracketed([entry.condition for entry in entries]),
        "Public Note": _bracketed([entry.public_note for entry in entries]),
        "Private Note": _bracketed([entry.private_note for entry in entries]),
    }


def _parts(cell: str, wanted: int) -> tuple[list[str], bool]:
    """So many values; a cell without brackets is one value for all."""
    text = cell.strip()
    if not text:
        return [""] * wanted, True
    if text.startswith("["):
        found = [part.group(1).strip() for part in _BRACKETED.finditer(text)]
        return (found + [""] * wanted)[:wanted], len(found) == wanted
    return [text] * wanted, wanted > 0


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _bracketed(values: Sequence[str]) -> str:
    return ",".join(f"[{value}]" for value in values)
