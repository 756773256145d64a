"""Every write of imports, by noun."""

from stamps.exchange.services.choosing import choose, choose_for_all, erase_imports, forget, set_options
from stamps.exchange.services.receiving import header_of_import, receive, writing_of_import
from stamps.exchange.services.running import (
    Work,
    look_again,
    look_at_portion,
    read_portion,
    take_portion,
    write_portion,
)
from stamps.exchange.services.stages import begin, finish, finish_reading, remembered, stop
from stamps.exchange.services.undoing import Undoing, finish_undoing, undo_portion

__all__ = [
    "Undoing",
    "Work",
    "begin",
    "choose",
    "choose_for_all",
    "erase_imports",
    "finish",
    "finish_reading",
    "finish_undoing",
    "forget",
    "header_of_import",
    "look_again",
    "look_at_portion",
    "read_portion",
    "receive",
    "remembered",
    "set_options",
    "stop",
    "take_portion",
    "undo_portion",
    "write_portion",
    "writing_of_import",
]
