"""Every write of judging, by noun: judges, rounds and their dealing, decisions, marks."""

from contest.judging.services.decisions import decide, undo_decision
from contest.judging.services.judges import appoint_judge, dismiss_judge, exclude_letter, include_letter, set_limits
from contest.judging.services.marks import recuse, save_mark, undo_mark
from contest.judging.services.rounds import (
    cancel_round,
    change_round,
    close_round,
    open_round,
    plan_round,
    reopen_round,
    top_up,
)

__all__ = [
    "appoint_judge",
    "cancel_round",
    "change_round",
    "close_round",
    "decide",
    "dismiss_judge",
    "exclude_letter",
    "include_letter",
    "open_round",
    "plan_round",
    "recuse",
    "reopen_round",
    "save_mark",
    "set_limits",
    "top_up",
    "undo_decision",
    "undo_mark",
]
