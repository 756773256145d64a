"""The page for people who want the data, and the dump."""

from flask import abort, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.pages import page
from core.permissions import public
from stamps.opendata import dump
from stamps.opendata.views import blueprint


@blueprint.get("/open-data")
@public
def about() -> ResponseReturnValue:
    """What there is and how to take it."""
    return page("stamps/opendata/about.html", dump=dump.present(), addresses=_addresses())


@blueprint.get("/open-data/temthu-catalogue.zip")
@public
def download() -> ResponseReturnValue:
    """The last dump; with conditional requests and ranges, so that it can be resumed."""
    found = dump.present() or abort(404)
    return send_file(
        found.path, mimetype="application/zip", etag=found.digest, conditional=True, last_modified=found.made_at
    )


@blueprint.get("/api/v1")
@public
def start() -> ResponseReturnValue:
    """Whoever only knows the beginning of the address is led to its description."""
    return redirect(url_for("opendata.openapi"))


def _addresses() -> list[tuple[str, str]]:
    return [
        (url_for("opendata.openapi"), _("description of the API (OpenAPI 3.1)")),
        (url_for("opendata.stamps"), _("stamps, page by page, narrowed as on the search page")),
        (url_for("opendata.issues"), _("issues, likewise")),
        (url_for("archive.api.search"), _("the search over everything")),
        (url_for("opendata.oai", verb="Identify"), _("OAI-PMH 2.0: harvesting, also of changes only")),
        (url_for("opendata.collection"), _("IIIF: pictures of stamps for viewers")),
    ]
