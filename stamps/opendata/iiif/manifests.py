"""What belongs together for IIIF viewers: an issue or an item with its pictures (Presentation API 3.0). Reads only."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from stamps import picturing
from stamps.models import Stamp, StampIssue, StampPicture
from stamps.opendata.iiif.requested import FORMATS, largest, read_size
from stamps.opendata.said import address_of, names_said
from stamps.words import catalogue_numbers, face_value

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
IMAGE = "http://iiif.io/api/image/3/context.json"
PROTOCOL = "http://iiif.io/api/image"
LICENCES = ("https://creativecommons.org/", "http://creativecommons.org/", "http://rightsstatements.org/")
THUMBNAIL = 200


def image_information(picture: StampPicture) -> dict[str, Any]:
    """info.json of a picture."""
    wide, high = largest(picture.width, picture.height)
    return {
        "@context": IMAGE,
        "id": _image_base(picture),
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level2",
        "width": picture.width,
        "height": picture.height,
        "maxWidth": wide,
        "maxHeight": high,
        "extraFeatures": ["mirroring", "profileLinkHeader", "sizeUpscaling"],
        "extraQualities": ["bitonal"],
        **_rights(picture),
    }


def manifest(thing: StampIssue | Stamp, pictures: Iterable[StampPicture]) -> dict[str, Any]:
    """The pictures of an issue or item, in order."""
    address = manifest_address(thing)
    return {
        "@context": PRESENTATION,
        "id": address,
        "type": "Manifest",
        "label": _label(thing),
        "metadata": _metadata(thing),
        "homepage": [{"id": address_of(thing), "type": "Text", "label": _label(thing), "format": "text/html"}],
        "items": [_canvas(address, at, picture) for at, picture in enumerate(pictures, 1)],
    }


def collection(things: Iterable[StampIssue | Stamp], *, address: str, name: str) -> dict[str, Any]:
    """Manifests in a row."""
    return {
        "@context": PRESENTATION,
        "id": address,
        "type": "Collection",
        "label": {"none": [name]},
        "items": [{"id": manifest_address(thing), "type": "Manifest", "label": _label(thing)} for thing in things],
    }


def pictures_of(thing: StampIssue | Stamp) -> list[StampPicture]:
    """What a manifest shows: a thing's own pictures; an issue's first, then those of its items."""
    own = picturing.shown(thing.pictures)
    if isinstance(thing, Stamp):
        return own
    return own + [picture for stamp in thing.stamps for picture in picturing.shown(stamp.pictures)]


def manifest_address(thing: StampIssue | Stamp) -> str:
    """Where the manifest of a thing is."""
    kind = "issues" if isinstance(thing, StampIssue) else "stamps"
    return url_for("opendata.manifest", kind=kind, key=thing.key, _external=True)


def _label(thing: StampIssue | Stamp) -> dict[str, list[str]]:
    names = names_said(thing if names_said(thing) or isinstance(thing, StampIssue) else thing.issue)
    return {"none" if code == "und" else code: [name] for code, name in names.items()} or {"none": [thing.key]}


def _metadata(thing: StampIssue | Stamp) -> list[dict[str, Any]]:
    issue = thing if isinstance(thing, StampIssue) else thing.issue
    told = {
        "First day of issue": issue.date,
        "Country": issue.country,
        "Catalogue numbers": catalogue_numbers(thing),
        "Face value": face_value(thing) if isinstance(thing, Stamp) else "",
    }
    return [{"label": {"en": [label]}, "value": {"none": [value]}} for label, value in told.items() if value]


def _canvas(address: str, at: int, picture: StampPicture) -> dict[str, Any]:
    canvas = f"{address}/canvas/{at}"
    size = {"width": picture.width, "height": picture.height}
    return {
        "id": canvas,
        "type": "Canvas",
        "label": {"none": [picture.view.value]},
        **size,
        "thumbnail": [_body(picture, f"!{THUMBNAIL},{THUMBNAIL}")],
        "requiredStatement": {"label": {"en": ["Source"]}, "value": {"none": [_credit(picture)]}},
        **_rights(picture),
        "items": [
            {
                "id": f"{canvas}/page",
                "type": "AnnotationPage",
                "items": [
                    {
                        "id": f"{canvas}/page/painting",
                        "type": "Annotation",
                        "motivation": "painting",
                        "target": canvas,
                        "body": _body(picture, "max"),
                    }
                ],
            }
        ],
    }


def _body(picture: StampPicture, size: str) -> dict[str, Any]:
    own = picture.width, picture.height
    wide, high = read_size(size, *own, most=largest(*own))
    return {
        "id": f"{_image_base(picture)}/full/{size}/0/default.jpg",
        "type": "Image",
        "format": FORMATS["jpg"],
        "width": wide,
        "height": high,
        "service": [{"id": _image_base(picture), "type": "ImageService3", "profile": "level2"}],
    }


def _rights(picture: StampPicture) -> dict[str, str]:
    """The standard takes addresses of Creative Commons and RightsStatements.org only; other licences stand beside the source."""
    return {"rights": picture.licence} if picture.licence.startswith(LICENCES) else {}


def _credit(picture: StampPicture) -> str:
    return " · ".join(filter(None, (picture.author, picture.licence, picture.source)))


def _image_base(picture: StampPicture) -> str:
    return url_for("opendata.image_base", key=picture.key, _external=True)
