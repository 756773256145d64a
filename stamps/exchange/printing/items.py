"""What a collector has printed: which stamps, in the order of an album. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.countries import country_name
from core.errors import Refused
from core.pages import reading_order
from stamps.exchange import queries
from stamps.exchange.cells import Known
from stamps.exchange.collected import HAVE, SWAP, WANT, Own, own_things, stamps_of
from stamps.exchange.facts import facts_of
from stamps.exchange.lists import Entry, entries_of
from stamps.exchange.rules import Meaning, meaning_of
from stamps.exchange.shown import cells_of_row
from stamps.kinds import StampKind
from stamps.rules import in_currency

# More than this is too much for one file that somebody waits for.
MOST = 3000


@dataclass(frozen=True)
class Item:
    """One stamp as it is printed."""

    name: str
    issue: str
    country: str
    year: int | None
    date: str
    numbers: Sequence[str]
    value: str
    width: float | None
    height: float | None
    entries: Sequence[Entry]
    order: tuple[int, int] = (0, 0)
    kind: StampKind = StampKind.STAMP


@dataclass(frozen=True)
class Chosen:
    """Which stamps: `of` is have, want, swap, or the name of a list; only of a country or years where given."""

    of: str
    country: str = ""
    first: int | None = None
    last: int | None = None


def items_of(person_id: int, chosen: Chosen) -> list[Item]:
    """The stamps that were chosen, with those of own files that the catalogue does not know; in the order of an album."""
    ids = stamps_of(person_id)
    own = own_things(person_id, ids)
    wanted = [stamp_id for stamp_id, mine in own.items() if _is_of(mine.entries, chosen.of)]
    known = queries.known_stamps(wanted)
    found = [_item(known[stamp_id], own[stamp_id]) for stamp_id in wanted if stamp_id in known]
    return _sorted(item for item in (*found, *_unknown(person_id, chosen.of)) if _fits(item, chosen))


def items_of_issue(stamp_ids: Sequence[int]) -> list[Item]:
    """The items of an issue, whoever has them."""
    known = queries.known_stamps(stamp_ids)
    return [_item(known[stamp_id], Own()) for stamp_id in stamp_ids if stamp_id in known]


def _is_of(entries: Iterable[Entry], of: str) -> bool:
    names = {"have": (HAVE, SWAP), "want": (WANT,), "swap": (SWAP,)}.get(of, (of,))
    return any(entry.list in names for entry in entries)


def _fits(item: Item, chosen: Chosen) -> bool:
    """Whether it is of the country and years; what has no year is of none."""
    if chosen.country and item.country != chosen.country:
        return False
    if chosen.first is None and chosen.last is None:
        return True
    return item.year is not None and (chosen.first or 0) <= item.year <= (chosen.last or 9999)


def _item(known: Known, mine: Own) -> Item:
    return Item(
        name=_called(known.names) or _called(known.issue_names),
        issue=_called(known.issue_names) or known.name,
        country=known.country,
        year=known.year,
        date=known.date,
        numbers=known.numbers,
        value=in_currency(known.face_value, known.currency),
        width=float(known.width) if known.width is not None else None,
        height=float(known.height) if known.height is not None else None,
        entries=mine.entries,
        order=(known.issue_id, known.id),
        kind=known.kind,
    )


def _unknown(person_id: int, of: str) -> Iterable[Item]:
    for row in queries.every_proposal(person_id):
        cells = cells_of_row(row.import_, row)
        entries, _sure = entries_of(cells)
        if not _is_of(
            [Entry(_usual(entry.list), entry.quantity, entry.condition, entry.public_note) for entry in entries], of
        ):
            continue
        facts = facts_of(cells, this_year=row.import_.at.year)
        yield Item(
            name=facts.name,
            issue=facts.series or facts.name,
            country=facts.country,
            year=facts.year,
            date=facts.date or facts.date_printed,
            numbers=[number.normal for number in facts.numbers],
            value=in_currency(facts.face_value, facts.currency),
            width=float(facts.width) if facts.width is not None else None,
            height=float(facts.height) if facts.height is not None else None,
            entries=entries,
            order=(1 << 40, row.id),
            kind=facts.kind,
        )


def _usual(name: str) -> str:
    """The list by our name for it."""
    return {Meaning.HAVE: HAVE, Meaning.WANT: WANT, Meaning.SWAP: SWAP}.get(meaning_of(name), name)


def _called(names: Sequence[str]) -> str:
    """The name in the reader's language, else in one that is known."""
    by_language = dict(zip(("vi", "en", "fr", "local"), names, strict=True))
    return next((by_language[code] for code in (*reading_order(), "local") if by_language[code]), "")


def _sorted(items: Iterable[Item]) -> list[Item]:
    found = sorted(items, key=lambda item: (_country(item), item.year or 9999, item.date, item.order))
    if len(found) > MOST:
        raise Refused(
            "%(number)s stamps are too many for one file; please choose a country or years.", number=len(found)
        )
    return found


def _country(item: Item) -> str:
    return country_name(item.country) if item.country else "\uffff"
