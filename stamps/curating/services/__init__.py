"""Writing the catalogue by hand, by noun: fields, saves, sets, undoing, merging, suggestions."""

from stamps.curating.services.suggesting import decline, suggest, suggest_record

__all__ = ["decline", "suggest", "suggest_record"]
