"""Checklist, list of wants and album as PDF, in the reader's language."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _

from core.countries import country_name
from stamps.exchange.collected import HAVE, SWAP, WANT
from stamps.exchange.printing.items import Item
from stamps.exchange.printing.mounts import Group, Paper, Piece, laid_out
from stamps.exchange.printing.typesetting import pdf
from stamps.kinds import StampKind
from stamps.words import partial_date

SIZES = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4), "a5": (148.0, 210.0)}
MOST_NUMBERS = 3
# Millimetres for things whose size is not known: stamps, upright or not, fit in; so do most sheets, and letters.
_SHEET, _LETTER = (110.0, 85.0), (165.0, 116.0)
_ROOM = {
    StampKind.STAMP: (44.0, 44.0),
    StampKind.SE_TENANT: (88.0, 44.0),
    **dict.fromkeys((StampKind.SOUVENIR_SHEET, StampKind.SHEETLET, StampKind.BOOKLET, StampKind.BOOKLET_PANE), _SHEET),
    **dict.fromkeys((StampKind.FIRST_DAY_COVER, StampKind.MAXIMUM_CARD, StampKind.STATIONERY, StampKind.PACK), _LETTER),
}


def checklist(items: Sequence[Item], *, title: str, paper: str) -> bytes:
    """Every stamp with a box to tick, ticked where one is had."""
    columns = [(_("Have"), 0, False), (_("Year"), 0, False), (_("Stamp"), 4, False), (_("Face value"), 1.6, False)]
    columns += [(_("Numbers"), 2.4, False), (_("Copies"), 0, True)]

    def cells(item: Item) -> list[str]:
        have = sum(entry.quantity or 1 for entry in item.entries if entry.list in (HAVE, SWAP))
        return ["☒" if have else "☐", str(item.year or ""), _named(item), item.value, _numbers(item), str(have or "")]

    return _list(items, columns, cells, title=title, paper=paper)


def wants(items: Sequence[Item], *, title: str, paper: str) -> bytes:
    """What somebody looks for, to be given away: numbers, conditions, the public note; nothing private."""
    columns = [(_("Year"), 0, False), (_("Stamp"), 4, False), (_("Face value"), 1.6, False), (_("Numbers"), 2.6, False)]
    columns += [(_("Condition"), 1.4, False), (_("Note"), 1.8, False)]

    def cells(item: Item) -> list[str]:
        entries = [entry for entry in item.entries if entry.list == WANT] or list(item.entries[:1])
        conditions = ", ".join(dict.fromkeys(entry.condition for entry in entries if entry.condition))
        notes = "; ".join(dict.fromkeys(entry.public_note for entry in entries if entry.public_note))
        return [str(item.year or ""), _named(item), item.value, _numbers(item), conditions or _("any"), notes]

    return _list(items, columns, cells, title=title, paper=paper)


def album(items: Sequence[Item], *, title: str, paper: Paper) -> bytes:
    """Pages with mounts to the millimetre, an issue under its heading."""
    groups = [
        _group(list(some)) for _key, some in groupby(items, key=lambda item: (item.country, item.issue, item.date))
    ]
    pages = laid_out(paper, groups)
    words = {
        "name": title,
        "supposed": _("size not known"),
        "oversized": _("No mount, because it is larger than the page:"),
    }
    data: dict[str, Any] = {"pages": [asdict(page) for page in pages], "words": words, "left": paper.left}
    data |= {"width": paper.width, "height": paper.height, "margin": paper.margin, "inner": paper.inner_width}
    return pdf("album", data, title=title, language=_language())


def _list(items: Sequence[Item], columns: Any, cells: Any, *, title: str, paper: str) -> bytes:
    parts = [
        {"title": country_name(code) if code else _("Country not known"), "rows": [cells(item) for item in some]}
        for code, some in groupby(items, key=lambda item: item.country)
    ]
    data = {
        "paper": paper,
        "parts": parts,
        "columns": [{"title": name, "share": share, "right": right} for name, share, right in columns],
        "words": {
            "foot": title,
            "lead": ngettext("%(num)d stamp.", "%(num)d stamps.", len(items)) + " " + str(format_date(format="long")),
        },
    }
    return pdf("list", data, title=title, language=_language())


def _group(items: Sequence[Item]) -> Group:
    first = items[0]
    place = country_name(first.country) if first.country else ""
    below = " · ".join(filter(None, (place, partial_date(first.date))))
    return Group(first.issue, below, [_piece(item) for item in items])


def _piece(item: Item) -> Piece:
    numbers = ", ".join(item.numbers[:2])
    below = [line for line in (item.value, numbers) if line]
    return Piece(item.width, item.height, item.name, below, _ROOM.get(item.kind, _ROOM[StampKind.STAMP]))


def _named(item: Item) -> str:
    return item.name if item.name == item.issue or not item.issue else f"{item.name} ({item.issue})"


def _numbers(item: Item) -> str:
    return ", ".join(item.numbers[:MOST_NUMBERS])


def _language() -> str:
    return str(get_locale() or "vi").split("_", maxsplit=1)[0]
