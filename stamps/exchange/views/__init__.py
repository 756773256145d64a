"""Pages of files in and out: bringing, looking, undoing, taking away, printing."""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)

from stamps.exchange.views import bringing, looking, printing, taking  # noqa: E402, F401
