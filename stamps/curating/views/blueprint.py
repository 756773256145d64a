"""The blueprint that the pages of curating share."""

from flask import Blueprint

blueprint = Blueprint("curating", __name__)
