"""Every write to collections, by noun. They are private: no line in the journal, so that what is removed is gone."""

from stamps.collections.services.collectors import close_collector, hide_collector, open_collector
from stamps.collections.services.copies import add_copies, add_copy, change_copy, keep_picture, remove_copy
from stamps.collections.services.erasing import erase_collection, erases_too
from stamps.collections.services.lists import (
    change_entry,
    change_list,
    make_list,
    put_on_list,
    remove_list,
    take_off_list,
)
from stamps.collections.services.marking import mark, number_marked, undo
from stamps.collections.services.messages import block, read_messages, report, settle, unblock, write_to
from stamps.collections.services.wants import change_want, stop_wanting, want_stamp, want_stamps

__all__ = [
    "add_copies",
    "add_copy",
    "block",
    "change_copy",
    "change_entry",
    "change_list",
    "change_want",
    "close_collector",
    "erase_collection",
    "erases_too",
    "hide_collector",
    "keep_picture",
    "make_list",
    "mark",
    "number_marked",
    "open_collector",
    "put_on_list",
    "read_messages",
    "remove_copy",
    "remove_list",
    "report",
    "settle",
    "stop_wanting",
    "take_off_list",
    "unblock",
    "undo",
    "want_stamp",
    "want_stamps",
    "write_to",
]
