"""Every write to the record, by noun: awards of this platform, how a person is shown, loading the data files."""

from contest.winners.services.awards import NamesOf, record_laureate, withdraw_award
from contest.winners.services.letters import keep_letter, withdraw_permission
from contest.winners.services.loading import load_record
from contest.winners.services.names import show_person
from contest.winners.services.reading import Record, read_record

__all__ = [
    "NamesOf",
    "Record",
    "keep_letter",
    "load_record",
    "read_record",
    "record_laureate",
    "show_person",
    "withdraw_award",
    "withdraw_permission",
]
