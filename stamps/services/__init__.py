"""Writing stamps, by noun: loading the record's files, describing items, permanent numbers."""

from stamps.services.describing import credit, key_of_name, known_catalogues, number_thing, understand
from stamps.services.files import StampFiles, read_stamp_files
from stamps.services.loading import Step, load_stamps
from stamps.services.permanent import give_permanent_numbers, lead_to, retire

__all__ = [
    "StampFiles",
    "Step",
    "credit",
    "give_permanent_numbers",
    "key_of_name",
    "known_catalogues",
    "lead_to",
    "load_stamps",
    "number_thing",
    "read_stamp_files",
    "retire",
    "understand",
]
