"""Pages of a stage: its rules for everybody; its settings, criteria, prizes and units for organisers."""

from flask import Blueprint

blueprint = Blueprint("editions", __name__, url_prefix="/stages")

from contest.editions.views import public, rows, stages, units  # noqa: E402

__all__ = ["blueprint", "public", "rows", "stages", "units"]
