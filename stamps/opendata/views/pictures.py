"""IIIF: images at `/iiif/…`, manifests of issues and items, a collection of all. Any site may show them."""

import hashlib
from typing import Any

from flask import Response, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import files
from core.permissions import public
from core.problems import problem
from stamps import queries as stamps
from stamps.models import StampPicture
from stamps.opendata import queries
from stamps.opendata.iiif.drawing import Busy, drawn
from stamps.opendata.iiif.manifests import collection as collected
from stamps.opendata.iiif.manifests import image_information, pictures_of
from stamps.opendata.iiif.manifests import manifest as manifest_of
from stamps.opendata.iiif.requested import FORMATS, Requested, Unfit, read_request
from stamps.opendata.views import blueprint

A_DAY = "public, max-age=86400"
JSON_LD = 'application/ld+json;profile="http://iiif.io/api/{api}/3/context.json"'


@blueprint.get("/iiif/<key:key>")
@public
def image_base(key: str) -> ResponseReturnValue:
    """The address of a picture leads to what is known of it."""
    answer = redirect(url_for("opendata.image_info", key=_picture(key).key, _external=True), 303)
    return _for_any_site(answer)


@blueprint.get("/iiif/<key:key>/info.json")
@public
def image_info(key: str) -> ResponseReturnValue:
    """Size and abilities."""
    return _json(image_information(_picture(key)), "image")


@blueprint.get("/iiif/<key:key>/<region>/<size>/<rotation>/<quality>.<format_>")
@public
def image(key: str, region: str, size: str, rotation: str, quality: str, format_: str) -> ResponseReturnValue:
    """A part of a picture, in a size, turned, in a quality."""
    picture = _picture(key)
    try:
        wished = read_request(region, size, rotation, quality, format_, width=picture.width, height=picture.height)
    except Unfit as unfit:
        return _for_any_site(problem(400, f"This does not fit the picture or the standard: {unfit}."))
    return _drawn(picture, wished)


@blueprint.get("/iiif/manifests/<any(issues, stamps):kind>/<key:key>")
@public
def manifest(kind: str, key: str) -> ResponseReturnValue:
    """The pictures of an issue or item; not found where there are none."""
    thing = (stamps.issue(key) if kind == "issues" else stamps.stamp(key)) or abort(404)
    pictures = pictures_of(thing)
    return _json(manifest_of(thing, pictures), "presentation") if pictures else abort(404)


@blueprint.get("/iiif/collection")
@public
def collection() -> ResponseReturnValue:
    """Every issue that has pictures, the newest thousand."""
    address = url_for("opendata.collection", _external=True)
    return _json(collected(queries.issues_with_pictures(), address=address, name="Tem Thư"), "presentation")


def _picture(key: str) -> StampPicture:
    return queries.picture(key) or abort(404)


def _drawn(picture: StampPicture, wished: Requested) -> Response:
    answer = Response(mimetype=FORMATS[wished.format_])
    answer.set_etag(hashlib.sha256(f"{picture.file_id}/{wished.canonical}".encode()).hexdigest()[:32])
    answer.headers["Cache-Control"] = A_DAY
    answer.make_conditional(request)
    if answer.status_code != 304:
        path = files.path_of(picture.file_id)
        try:
            answer.set_data(drawn(path, wished) if path.exists() else abort(404))
        except Busy:
            return _for_any_site(_busy())
    answer.headers["Link"] = '<http://iiif.io/api/image/3/level2.json>;rel="profile"'
    return _for_any_site(answer)


def _busy() -> Response:
    answer = problem(503, "Many pictures are being drawn just now; please ask again shortly.")
    answer.headers["Retry-After"] = "5"
    return answer


def _json(said: dict[str, Any], api: str) -> Response:
    answer = jsonify(said)
    if "application/json" not in request.headers.get("Accept", ""):
        answer.headers["Content-Type"] = JSON_LD.format(api=api)
    answer.vary.add("Accept")
    answer.add_etag()
    answer.make_conditional(request)
    return _for_any_site(answer)


def _for_any_site(answer: Any) -> Response:
    """Viewers on other sites may read it: nothing here depends on who asks."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    made: Response = answer
    return made
