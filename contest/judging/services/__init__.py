"""Every write of judging, by noun: judges, rounds and their dealing, decisions, and what is said of letters."""

from contest.judging.services.decisions import decide, undo_decision
from contest.judging.services.judges import appoint_judge, dismiss_judge, exclude_letter, include_letter, set_limits
from contest.judging.services.marks import hold_markable, note_reading, recuse, save_mark, undo_mark
from contest.judging.services.measuring import (
    ask_to_measure,
    begin_run,
    bring_up_to_date,
    finish_run,
    forget_older,
    keep_letters,
    keep_run,
    letters_to_keep,
)
from contest.judging.services.noting import read_note, write_note
from contest.judging.services.pairing import choose, recuse_pair
from contest.judging.services.placing import save_order
from contest.judging.services.rounds import (
    cancel_round,
    change_round,
    close_round,
    deal_unread,
    open_round,
    plan_round,
    read_again,
    reopen_round,
    top_up,
)
from contest.judging.services.screening import save_verdict

__all__ = [
    "appoint_judge",
    "ask_to_measure",
    "begin_run",
    "bring_up_to_date",
    "cancel_round",
    "change_round",
    "choose",
    "close_round",
    "deal_unread",
    "decide",
    "dismiss_judge",
    "exclude_letter",
    "finish_run",
    "forget_older",
    "hold_markable",
    "include_letter",
    "keep_letters",
    "keep_run",
    "letters_to_keep",
    "note_reading",
    "open_round",
    "plan_round",
    "read_again",
    "read_note",
    "recuse",
    "recuse_pair",
    "reopen_round",
    "save_mark",
    "save_order",
    "save_verdict",
    "set_limits",
    "top_up",
    "undo_decision",
    "undo_mark",
    "write_note",
]
