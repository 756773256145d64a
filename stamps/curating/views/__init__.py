"""Pages of curating, by noun: sets, the history of a record, suggestions."""

from stamps.curating.views import history, sets, suggestions
from stamps.curating.views.blueprint import blueprint

__all__ = ["blueprint", "history", "sets", "suggestions"]
