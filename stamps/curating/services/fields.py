"""The fields of issues and items that people edit, each as one text: read from the record, written to it as understood.

Written texts are those of people: careless numbers, names of topics, positions for items of the same issue. Read texts are
the one form we keep: marks before numbers, keys for records. What is not understood stays as printed where there is room
for it (values, perforations, dates), else it is refused.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import String

from core.errors import Refused
from core.evidence import Confidence
from stamps.curating import finding
from stamps.curating.rules import read_size, size_text
from stamps.curating.services import hanging, numbering
from stamps.kinds import Difference, Emission, Part, Shape, StampKind
from stamps.models import Stamp, StampIssue
from stamps.reading.dates import read_date
from stamps.rules import year_of
from stamps.services.describing import credit, key_of_name, understand

Thing = StampIssue | Stamp
_NAMES = ("name_vi", "name_en", "name_fr", "name_local", "local_language")
_SHARED = (*_NAMES, "currency", "perforation", "printing", "print_run", "note")
_TEXTS_OF_ISSUE = frozenset((*_SHARED, "issuer", "fdc_size", "face_values"))
_TEXTS_OF_STAMP = frozenset((*_SHARED, "position", "variety", "watermark", "paper", "gum", "colours", "face_value"))
_DATES = ("date", "sales_end", "validity_end")
_WHOLE = ("n_stamps", "n_sheets")
_PARTS = {part.value: part for part in Part if part is not Part.ISSUER}
_CHOICES: dict[str, type[StrEnum]] = {
    "kind": StampKind,
    "emission": Emission,
    "difference": Difference,
    "shape": Shape,
    "confidence": Confidence,
}
LINKS = ("parent", "base", "members")
_OF_BOTH = (*_DATES, "size", "number", "numbers", *_PARTS, "topics", "confidence")
FIELDS_OF_ISSUE = (*sorted(_TEXTS_OF_ISSUE), *_OF_BOTH, *_WHOLE, "country", "series", "joint")
FIELDS_OF_STAMP = (*sorted(_TEXTS_OF_STAMP), *_OF_BOTH, "kind", "emission", "difference", "shape", *LINKS)
# What sources can be asked about; how records hang together is ours.
CLAIMED = frozenset((*FIELDS_OF_ISSUE, *FIELDS_OF_STAMP)) - {*LINKS, "topics", "series", "joint", "confidence", "note"}


def fields_of(thing: Thing) -> tuple[str, ...]:
    """The fields a record of this kind has."""
    return FIELDS_OF_ISSUE if isinstance(thing, StampIssue) else FIELDS_OF_STAMP


def read(thing: Thing, field: str) -> str:
    """A field as the one text we keep of it; nothing for what is not known."""
    return _reader(field)(thing, field)


def shown(thing: Thing, field: str) -> str:
    """A field as a form shows it: items of the same issue by their position."""
    text = read(thing, field)
    if field not in LINKS or not text or isinstance(thing, StampIssue):
        return text
    positions = [item.position for item in thing.issue.stamps]
    called = {
        item.key: item.position for item in thing.issue.stamps if item.position and positions.count(item.position) == 1
    }
    return ", ".join(re.sub(r"^[a-z0-9-]+", lambda key: called.get(key[0], key[0]), part) for part in text.split(", "))


def write(thing: Thing, field: str, text: str) -> None:
    """Make a field say what somebody typed, as understood; refused where that cannot be."""
    if field not in fields_of(thing):
        raise Refused("There is no such field.", field=field)
    try:
        _writer(field)(thing, field, " ".join(text.split()) if field not in ("note", "face_values") else text.strip())
    except Refused as refused:
        raise Refused(refused.message, field=field, **refused.values) from refused
    if isinstance(thing, Stamp) and field in ("face_value", "currency", "perforation", "printing"):
        if field in ("face_value", "currency"):
            thing.face_amount = thing.surcharge_amount = None
        understand(thing)


def _reader(field: str) -> Callable[[Any, str], str]:
    special: dict[str, Callable[[Any, str], str]] = {
        "date": lambda thing, _field: thing.date or thing.date_printed,
        "size": lambda thing, _field: size_text(thing.width_mm, thing.height_mm),
        "number": numbering.read_own,
        "numbers": numbering.read_others,
        "topics": lambda thing, _field: ", ".join(topic.key for topic in thing.topics),
        "members": hanging.read_members,
        **dict.fromkeys(("series", "joint", "parent", "base"), _read_link),
        **dict.fromkeys(_PARTS, _read_part),
    }
    return special.get(field, _read_column)


def _writer(field: str) -> Callable[[Any, str, str], None]:
    special: dict[str, Callable[[Any, str, str], None]] = {
        "date": _write_date,
        "sales_end": _write_end,
        "validity_end": _write_end,
        "size": _write_size,
        "number": numbering.write_own,
        "numbers": numbering.write_others,
        "topics": _write_topics,
        "country": _write_country,
        "series": _write_series,
        "joint": _write_joint,
        "parent": hanging.write_parent,
        "base": hanging.write_base,
        "members": hanging.write_members,
        **dict.fromkeys(_WHOLE, _write_whole),
        **dict.fromkeys(_PARTS, _write_part),
        **dict.fromkeys(_CHOICES, _write_choice),
    }
    return special.get(field, _write_text)


def _read_column(thing: Thing, field: str) -> str:
    value = getattr(thing, field)
    return "" if value is None else str(value)


def _write_text(thing: Thing, field: str, text: str) -> None:
    kind = type(thing).__table__.columns[field].type
    if isinstance(kind, String) and kind.length and len(text) > kind.length:
        raise Refused("At most %(most)s characters, please.", most=kind.length)
    setattr(thing, field, text)


def _write_date(thing: Thing, _field: str, text: str) -> None:
    thing.date = read_date(text)
    if not thing.date and len(text) > 40:
        raise Refused("At most %(most)s characters, please.", most=40)
    thing.date_printed = "" if thing.date else text
    if isinstance(thing, StampIssue):
        thing.year = year_of(thing.date)


def _write_end(thing: Thing, field: str, text: str) -> None:
    understood = read_date(text)
    if text and not understood:
        raise Refused("“%(text)s” is no date that can be read for sure; write 2023-06-30, 2023-06 or 2023.", text=text)
    setattr(thing, field, understood)


def _write_size(thing: Thing, _field: str, text: str) -> None:
    thing.width_mm, thing.height_mm = read_size(text)


def _write_whole(thing: Thing, field: str, text: str) -> None:
    if text and not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Refused("A whole number, please.")
    setattr(thing, field, int(text) if text else None)


def _write_choice(thing: Thing, field: str, text: str) -> None:
    kind = _CHOICES[field]
    if text not in set(kind) and (text or field in ("kind", "confidence")):
        raise Refused("Please choose one.")
    setattr(thing, field, kind(text) if text else None)


def _write_country(thing: Thing, _field: str, text: str) -> None:
    from core.countries import known  # noqa: PLC0415 - names need a request's language

    if isinstance(thing, Stamp) or not known(text):
        raise Refused("Please choose one.")
    thing.country = text


def _read_part(thing: Thing, field: str) -> str:
    column = getattr(thing, field, None)
    if isinstance(thing, StampIssue) and isinstance(column, str):
        return column
    return "; ".join(each.printed or each.maker.name for each in thing.credits if each.part is _PARTS[field])


def _write_part(thing: Thing, field: str, text: str) -> None:
    part, names = _PARTS[field], [name.strip() for name in text.split(";") if name.strip()]
    if any(len(name) > 200 for name in names):
        raise Refused("At most %(most)s characters, please.", most=200)
    others = [(each.part, each.printed or each.maker.name) for each in thing.credits if each.part is not part]
    told = [*others, *((part, name) for name in names)]
    keys = {key_of_name(form) for _part, name in told for form in (name, name.partition(" (")[0].strip())}
    credit(thing, told, finding.makers(keys), country=numbering.country_of(thing))
    if isinstance(thing, StampIssue) and isinstance(getattr(thing, field, None), str):
        setattr(thing, field, "; ".join(names))


def _write_topics(thing: Thing, _field: str, text: str) -> None:
    found = []
    for name in filter(None, (each.strip() for each in finding.PARTED.split(text))):
        topic = finding.topic(name)
        if topic is None:
            raise Refused("No topic is called “%(text)s”.", text=name)
        found.append(topic)
    thing.topics = list(dict.fromkeys(found))


def _read_link(thing: Thing, field: str) -> str:
    other = getattr(thing, field)
    return other.key if other else ""


def _write_series(issue: StampIssue, _field: str, text: str) -> None:
    issue.series = finding.series(text) if text else None
    if text and issue.series is None:
        raise Refused("No series is called “%(text)s”.", text=text)


def _write_joint(issue: StampIssue, _field: str, text: str) -> None:
    issue.joint = finding.joint_issue(text) if text else None
    if text and issue.joint is None:
        raise Refused("No joint issue is called “%(text)s”.", text=text)
