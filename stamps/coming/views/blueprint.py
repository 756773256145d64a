"""The blueprint that the pages of issues to come share."""

from flask import Blueprint

blueprint = Blueprint("coming", __name__)
