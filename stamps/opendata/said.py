"""Issues and items as plain facts for programs: one description that the API, the dump and linked data share. Reads only.

Empty means not known and is null; numbers are numbers, dates as exactly as known (`2021`, `2021-10`, `2021-10-09`).
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask import url_for

from stamps import picturing
from stamps.around import doubted
from stamps.models import CatalogueNumber, Credit, Named, Stamp, StampIssue, StampPicture, Topic
from stamps.words import credits_of, own_date, own_or_issues, printed_date


def issue_said(issue: StampIssue, permanent: int | None) -> dict[str, Any]:
    """An issue with addresses of its items."""
    return {
        "kind": "stamp_issue",
        "key": issue.key,
        "permanent_number": permanent,
        "url": address_of(issue),
        "names": names_said(issue),
        "country": issue.country or None,
        "issuer": issue.issuer or None,
        "date": issue.date or None,
        "date_as_printed": issue.date_printed or None,
        "not_understood": doubted(issue),
        "sales_end": issue.sales_end or None,
        "validity_end": issue.validity_end or None,
        "series": _linked_name(issue.series),
        "joint_issue": _linked_name(issue.joint),
        "numbers": numbers_said(issue.numbers),
        "face_values": issue.face_values.splitlines(),
        "currency": issue.currency or None,
        "stamps_count": issue.n_stamps,
        "sheets_count": issue.n_sheets,
        "size_mm": size_said(issue.width_mm, issue.height_mm),
        "perforation": issue.perforation or None,
        "printing": issue.printing or None,
        "print_run": issue.print_run or None,
        "makers": makers_said(issue.credits),
        "topics": topics_said(issue.topics),
        "confidence": issue.confidence.value,
        "note": issue.note or None,
        "pictures": pictures_said(issue.pictures),
        "items": [url_for("opendata.stamp", key=stamp.key, _external=True) for stamp in issue.stamps],
        "changed_at": issue.changed_at.isoformat(timespec="seconds"),
    }


def stamp_said(stamp: Stamp, permanent: int | None) -> dict[str, Any]:
    """An item: a stamp, a variety, a sheet, a cover. What its issue says of all items is repeated here."""
    return {
        "kind": "stamp",
        "key": stamp.key,
        "permanent_number": permanent,
        "url": address_of(stamp),
        "item_kind": stamp.kind.value,
        "names": names_said(stamp),
        "issue": url_for("opendata.issue", key=stamp.issue.key, _external=True),
        "issue_names": names_said(stamp.issue),
        "country": stamp.issue.country or None,
        "position": stamp.position or None,
        "purpose": stamp.emission.value if stamp.emission else None,
        **_family_said(stamp),
        "date": own_date(stamp) or None,
        "date_as_printed": printed_date(stamp) or None,
        "not_understood": doubted(stamp),
        "sales_end": own_or_issues(stamp, "sales_end") or None,
        "validity_end": own_or_issues(stamp, "validity_end") or None,
        "numbers": numbers_said(stamp.numbers),
        "face_value": _value_said(stamp),
        "size_mm": size_said(stamp.width_mm, stamp.height_mm),
        "shape": stamp.shape.value if stamp.shape else None,
        "perforation": _perforation_said(stamp),
        "printing": own_or_issues(stamp, "printing") or None,
        "printing_methods": [process.value for process in stamp.processes],
        "paper": stamp.paper or None,
        "watermark": stamp.watermark or None,
        "gum": stamp.gum or None,
        "colours": stamp.colours or None,
        "print_run": own_or_issues(stamp, "print_run") or None,
        "makers": makers_said(credits_of(stamp)),
        "topics": topics_said((*stamp.issue.topics, *stamp.topics)),
        "confidence": stamp.confidence.value,
        "note": stamp.note or None,
        "pictures": pictures_said(stamp.pictures),
        "changed_at": stamp.changed_at.isoformat(timespec="seconds"),
    }


def address_of(thing: StampIssue | Stamp) -> str:
    """The whole address of a thing's page."""
    endpoint = "stamps.issue" if isinstance(thing, StampIssue) else "stamps.stamp"
    return url_for(endpoint, key=thing.key, _external=True)


def names_said(thing: Named) -> dict[str, str]:
    """Names by language; the one the post printed under its own code, `und` where that is not known."""
    names = {code: getattr(thing, f"name_{code}") for code in ("vi", "en", "fr")}
    names = {code: name for code, name in names.items() if name}
    if thing.name_local:
        names.setdefault(thing.local_language or "und", thing.name_local)
    return names


def numbers_said(numbers: Iterable[CatalogueNumber]) -> list[dict[str, str]]:
    """Catalogue numbers with the mark of their catalogue; never a price."""
    return [{"catalogue": row.catalogue.key, "number": row.code, "printed": row.printed} for row in numbers]


def makers_said(credits_: Iterable[Credit]) -> list[dict[str, str]]:
    """Who had which part, by the maker's key and as printed."""
    return [{"part": each.part.value, "key": each.maker.key, "name": each.maker.name} for each in credits_]


def topics_said(topics: Iterable[Topic]) -> list[str]:
    """Keys of what it is about."""
    return list(dict.fromkeys(topic.key for topic in topics))


def size_said(width: Decimal | None, height: Decimal | None) -> dict[str, float] | None:
    """Width and height in millimetres."""
    return None if width is None or height is None else {"width": float(width), "height": float(height)}


def pictures_said(pictures: Iterable[StampPicture]) -> list[dict[str, Any]]:
    """Pictures that may be shown, with licence and source, as IIIF images."""
    return [
        {
            "iiif": url_for("opendata.image_base", key=picture.key, _external=True),
            "view": picture.view.value,
            "width": picture.width,
            "height": picture.height,
            "licence": picture.licence,
            "author": picture.author or None,
            "source": picture.source,
        }
        for picture in picturing.shown(pictures)
    ]


def _linked_name(thing: Any) -> dict[str, Any] | None:
    return None if thing is None else {"key": thing.key, "names": names_said(thing)}


def _family_said(stamp: Stamp) -> dict[str, Any]:
    def linked(other: Stamp | None) -> str | None:
        return url_for("opendata.stamp", key=other.key, _external=True) if other else None

    return {
        "variety_of": linked(stamp.parent),
        "difference": stamp.difference.value if stamp.difference else None,
        "variety": stamp.variety or None,
        "overprint_on": linked(stamp.base),
        "contains": [{"item": linked(member.stamp), "times": member.times} for member in stamp.members],
    }


def _value_said(stamp: Stamp) -> dict[str, Any] | None:
    if not stamp.face_value and stamp.face_kind is None:
        return None
    return {
        "printed": stamp.face_value,
        "kind": stamp.face_kind.value if stamp.face_kind else None,
        "amount": _decimal(stamp.face_amount),
        "surcharge": _decimal(stamp.surcharge_amount),
        "currency": stamp.currency or None,
    }


def _perforation_said(stamp: Stamp) -> dict[str, Any] | None:
    printed = own_or_issues(stamp, "perforation")
    if not printed:
        return None
    return {
        "printed": printed,
        "kind": stamp.perforation_kind.value if stamp.perforation_kind else None,
        "across": _decimal(stamp.perforation_across),
        "down": _decimal(stamp.perforation_down),
    }


def _decimal(value: Decimal | None) -> str | None:
    """Exact, hence text."""
    return None if value is None else f"{value.normalize():f}"
