"""Sources and claims as the data files of the record write them. Reads only; keeping them is `core.evidence`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.datafiles import Row, read
from core.evidence import Confidence, Told

COLUMNS = ("kind", "key", "field", "value", "chosen", "confidence", "sources", "note")
Claims = dict[str, dict[str, list[Told]]]


def confidence_of(row: Row) -> Confidence:
    """How sure the archivist is of a row."""
    return row.choice("confidence", Confidence)


def sources_of(row: Row, *, derived: bool = False) -> list[str]:
    """The sources of a row; only a row that is marked as derived may have none."""
    found = row.many("sources")
    if not found and not derived:
        raise row.bad("sources", "empty, and the row is not derived")
    return found


def read_claims(folder: Path) -> Claims:
    """All claims of the record: kind of thing, its key, what is told about it."""
    found: Claims = defaultdict(lambda: defaultdict(list))
    for row in read(folder / "claims.csv", COLUMNS):
        about = found[row.needed("kind", most=32)][row.needed("key", most=64)]
        told = _told(row)
        if any((other.field, other.value) == (told.field, told.value) for other in about):
            raise row.bad("value", "the same claim stands above already")
        about.append(told)
    return found


def claims_on(kind: str, claims: Claims, keys: Sequence[str]) -> dict[str, list[Told]]:
    """Claims on these records, an empty list where there are none; a claim on anything else is refused by `strays`."""
    return {key: claims.get(kind, {}).get(key, []) for key in keys}


def strays(claims: Claims, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Records that claims speak of and no file has, as `kind key`."""
    return [f"{kind} {key}" for kind, about in claims.items() for key in about if key not in known.get(kind, ())]


def _told(row: Row) -> Told:
    return Told(
        field=row.needed("field", most=32),
        value=row.needed("value"),
        confidence=confidence_of(row),
        chosen=row.flag("chosen"),
        note=row.text("note"),
        sources=tuple(sources_of(row)),
    )
