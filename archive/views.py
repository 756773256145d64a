"""The search page. Whatever is typed gets an answer; nothing here knows what the things found are."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from archive import services
from archive.answer import answer
from archive.asked import asked
from archive.sources import kinds
from core import clock
from core.db import transaction
from core.pages import page
from core.permissions import public

blueprint = Blueprint("archive", __name__)


@blueprint.get("/search")
@public
def search() -> ResponseReturnValue:
    """Find laureates, years and stamps; with no kind asked for, the best of each."""
    found = answer(asked(request.args, kinds=kinds()))
    if not found.is_ready:
        with transaction():
            services.heal(now=clock.now())
    return page("archive/search.html", answer=found)
