"""Issues and items as linked data in the vocabulary of schema.org, which has no word for a stamp of its own.

An item is a visual artwork and a product, an issue a collection of them, a catalogue number a property value whose
property is the catalogue. Nothing is an offer: we sell nothing. Reads only.
"""

from typing import Any

from flask import url_for

from core.countries import LANGUAGES, country_name
from core.evidence import citations_of
from stamps import picturing
from stamps.kinds import MakerKind, Part, StampKind
from stamps.models import Credit, JointIssue, Maker, Series, Stamp, StampIssue, StampPicture, Topic
from stamps.opendata.said import address_of, names_said
from stamps.words import catalogue_numbers, credits_of, own_or_issues

CONTEXT = "https://schema.org"
MILLIMETRE = "MMT"
_KINDS_OF_MAKERS = {MakerKind.PERSON: "Person", MakerKind.FIRM: "Organization"}
MAKERS = (Part.DESIGNER, Part.ENGRAVER, Part.PHOTOGRAPHER, Part.ARTIST)


def of_issue(issue: StampIssue) -> dict[str, Any]:
    """An issue as a collection of its items."""
    return without_nothing(
        {
            "@context": CONTEXT,
            "@type": "Collection",
            "@id": address_of(issue),
            "url": address_of(issue),
            **_names(issue),
            "datePublished": issue.date,
            "countryOfOrigin": _country(issue.country),
            "publisher": {"@type": "Organization", "name": issue.issuer} if issue.issuer else None,
            "identifier": _identifiers(issue),
            "keywords": _keywords(issue.topics),
            "isPartOf": _series(issue),
            "creator": _makers(issue.credits),
            "image": [_image(picture) for picture in picturing.shown(issue.pictures)],
            "hasPart": [{"@type": "VisualArtwork", "@id": address_of(stamp)} for stamp in issue.stamps],
            "citation": citations_of("stamp_issue", issue.key),
        }
    )


def of_stamp(stamp: Stamp) -> dict[str, Any]:
    """An item as an artwork that is also a product."""
    issue = stamp.issue
    return without_nothing(
        {
            "@context": CONTEXT,
            "@type": ["VisualArtwork", "Product"],
            "@id": address_of(stamp),
            "url": address_of(stamp),
            **_names(stamp if names_said(stamp) else issue),
            "artform": "postage stamp" if stamp.kind is StampKind.STAMP else stamp.kind.value.replace("_", " "),
            "artMedium": own_or_issues(stamp, "printing"),
            "artworkSurface": stamp.paper,
            "color": stamp.colours,
            "artEdition": own_or_issues(stamp, "print_run"),
            "width": _millimetres(stamp.width_mm),
            "height": _millimetres(stamp.height_mm),
            "releaseDate": own_or_issues(stamp, "date"),
            "datePublished": own_or_issues(stamp, "date"),
            "countryOfOrigin": _country(issue.country),
            "identifier": _identifiers(stamp),
            "keywords": _keywords((*issue.topics, *stamp.topics)),
            "isPartOf": {"@type": "Collection", "@id": address_of(issue)},
            "creator": _makers(credits_of(stamp)),
            "additionalProperty": _properties(stamp),
            "isBasedOn": address_of(stamp.base) if stamp.base else None,
            "hasPart": [{"@type": "VisualArtwork", "@id": address_of(member.stamp)} for member in stamp.members],
            "image": [_image(picture) for picture in picturing.shown(stamp.pictures)],
            "citation": citations_of("stamp", stamp.key),
        }
    )


def of_series(series: Series) -> dict[str, Any]:
    """A series of issues."""
    address = url_for("stamps.series", key=series.key, _external=True)
    return without_nothing(
        {
            **begun("CreativeWorkSeries", address),
            **_names(series),
            "countryOfOrigin": _country(series.country),
            "citation": citations_of("stamp_series", series.key),
        }
    )


def of_joint_issue(joint: JointIssue) -> dict[str, Any]:
    """Issues of several posts on one subject, as a collection of them."""
    address = url_for("stamps.joint_issue", key=joint.key, _external=True)
    return without_nothing(
        {
            **begun("Collection", address),
            **_names(joint),
            "hasPart": [{"@type": "Collection", "@id": address_of(issue)} for issue in joint.issues],
            "citation": citations_of("stamp_joint_issue", joint.key),
        }
    )


def of_maker(maker: Maker) -> dict[str, Any]:
    """A person or a firm who made stamps."""
    address = url_for("stamps.maker", key=maker.key, _external=True)
    return {**begun(_KINDS_OF_MAKERS[maker.kind], address), "name": maker.name}


def of_topic(topic: Topic) -> dict[str, Any]:
    """What something is about, as a term of the tree of topics."""
    names = [{"@language": code, "@value": getattr(topic, f"name_{code}")} for code in LANGUAGES]
    return {
        **begun("DefinedTerm", url_for("stamps.topic", key=topic.key, _external=True)),
        "name": names,
        "termCode": topic.key,
        "inDefinedTermSet": url_for("stamps.topics", _external=True),
    }


def begun(kind: str, address: str) -> dict[str, Any]:
    """The beginning of a description: what it is, and where it is to be had."""
    return {"@context": CONTEXT, "@type": kind, "@id": address, "url": address}


def _names(thing: StampIssue | Stamp | Series | JointIssue) -> dict[str, Any]:
    names = [{"@language": code, "@value": name} for code, name in names_said(thing).items()]
    return {"name": names or thing.key}


def _country(code: str) -> dict[str, str] | None:
    return {"@type": "Country", "name": country_name(code, "en"), "identifier": code} if code else None


def _identifiers(thing: StampIssue | Stamp) -> list[dict[str, str]]:
    return [
        {"@type": "PropertyValue", "propertyID": row.catalogue.name or row.catalogue.key, "value": row.normal}
        for row in thing.numbers
    ]


def _keywords(topics: Any) -> list[str]:
    return list(dict.fromkeys(topic.name_en for topic in topics))


def _series(issue: StampIssue) -> dict[str, Any] | None:
    if issue.series is None:
        return None
    return {"@type": "CreativeWorkSeries", "name": next(iter(names_said(issue.series).values()), issue.series.key)}


def _makers(credits_: list[Credit]) -> list[dict[str, str]]:
    names = {(each.maker.kind, each.maker.name): None for each in credits_ if each.part in MAKERS}
    return [{"@type": _KINDS_OF_MAKERS[kind], "name": name} for kind, name in names]


def _properties(stamp: Stamp) -> list[dict[str, str]]:
    """What collectors ask of a stamp and schema.org has no word for."""
    told = {
        "face value": (stamp.face_value, stamp.currency),
        "perforation": (own_or_issues(stamp, "perforation"), ""),
        "watermark": (stamp.watermark, ""),
        "gum": (stamp.gum, ""),
        "position in the set": (stamp.position, ""),
        "catalogue numbers of the set": (catalogue_numbers(stamp.issue), ""),
    }
    return [
        {"@type": "PropertyValue", "name": name, "value": value} | ({"unitText": unit} if unit else {})
        for name, (value, unit) in told.items()
        if value
    ]


def _millimetres(side: Any) -> dict[str, Any] | None:
    return None if side is None else {"@type": "QuantitativeValue", "value": float(side), "unitCode": MILLIMETRE}


def _image(picture: StampPicture) -> dict[str, Any]:
    full = {"region": "full", "size": "max", "rotation": "0", "quality": "default", "format_": "jpg"}
    return without_nothing(
        {
            "@type": "ImageObject",
            "contentUrl": url_for("opendata.image", key=picture.key, **full, _external=True),
            "width": picture.width,
            "height": picture.height,
            "license": picture.licence,
            "creditText": picture.author or picture.source,
            "isBasedOn": picture.source,
        }
    )


def without_nothing(graph: dict[str, Any]) -> dict[str, Any]:
    """What is not known is not said."""
    return {name: value for name, value in graph.items() if value not in (None, "", [], {})}
