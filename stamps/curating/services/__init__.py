"""Writing the catalogue by hand, by noun: fields, saves, sets, undoing, merging, suggestions."""

from stamps.curating.services.merging import merge
from stamps.curating.services.naming import add_named
from stamps.curating.services.sets import RowSaid, SetSaid, change_set, change_thing, enter_set, records_of
from stamps.curating.services.suggesting import decline, suggest, suggest_record
from stamps.curating.services.taking import settle, take_over
from stamps.curating.services.undoing import retire_thing, undo

__all__ = [
    "RowSaid",
    "SetSaid",
    "add_named",
    "change_set",
    "change_thing",
    "decline",
    "enter_set",
    "merge",
    "records_of",
    "retire_thing",
    "settle",
    "suggest",
    "suggest_record",
    "take_over",
    "undo",
]
