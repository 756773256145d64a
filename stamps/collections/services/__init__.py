"""Every write to collections, by noun. They are private: no line in the journal, so that what is removed is gone."""

from stamps.collections.services.copies import add_copies, add_copy, change_copy, keep_picture, remove_copy
from stamps.collections.services.erasing import erase_collection
from stamps.collections.services.lists import (
    change_entry,
    change_list,
    make_list,
    put_on_list,
    remove_list,
    take_off_list,
)
from stamps.collections.services.marking import mark, number_marked, undo
from stamps.collections.services.wants import change_want, stop_wanting, want_stamp, want_stamps

__all__ = [
    "add_copies",
    "add_copy",
    "change_copy",
    "change_entry",
    "change_list",
    "change_want",
    "erase_collection",
    "keep_picture",
    "make_list",
    "mark",
    "number_marked",
    "put_on_list",
    "remove_copy",
    "remove_list",
    "stop_wanting",
    "take_off_list",
    "undo",
    "want_stamp",
    "want_stamps",
]
