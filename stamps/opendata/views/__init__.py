"""Addresses of the open data, by standard. All are for everybody; programs are answered in English."""

from flask import Blueprint

blueprint = Blueprint("opendata", __name__)

from stamps.opendata.views import about, api, harvesting, lists, pictures  # noqa: E402

__all__ = ["about", "api", "blueprint", "harvesting", "lists", "pictures"]
