"""Pages of words beside marks: acts on the desk, remarks that organisers let pass, children in distress."""

from flask import Blueprint

blueprint = Blueprint("remarks", __name__)

from contest.remarks.views import concerns, desk, passing  # noqa: E402

__all__ = ["blueprint", "concerns", "desk", "passing"]
