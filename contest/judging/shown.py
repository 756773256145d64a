"""What a desk shows beside a letter, as the terms of the round say. Read from the database, one letter at a time; reads only.

Of the child it is the age at most, and that only where the round shows it; of earlier rounds figures, never who gave them.
"""

from dataclasses import dataclass

from contest.judging import queries
from contest.judging.models import Round
from contest.judging.terms import Sees
from contest.letters import queries as letters
from contest.letters.queries import BlindLetter


@dataclass(frozen=True)
class MarkBefore:
    """What the round at this position has found of a letter, from 0 to 10: its fair mark, or its raw mean."""

    position: int
    mark: float
    is_fair: bool


@dataclass(frozen=True)
class Shown:
    """What stands beside a letter; None for whatever the round does not show, or nobody knows."""

    words: int | None = None
    age: int | None = None
    before: MarkBefore | None = None


def shown_of(letter: BlindLetter, round_: Round) -> Shown:
    """What the judges of a round see beside one of its letters."""
    sees = round_.sees
    return Shown(
        words=letter.word_count or None if Sees.WORDS in sees else None,
        age=letters.age_of(letter.letter_id) if Sees.AGE in sees else None,
        before=_mark_before(letter.letter_id, round_) if Sees.MARK_BEFORE in sees else None,
    )


def _mark_before(letter_id: int, round_: Round) -> MarkBefore | None:
    """By the figures kept when that round was closed: a page of the desk does not measure a round anew."""
    before = queries.round_of_marks_before(round_)
    run = queries.newest_run(before) if before else None
    if before is None or run is None:
        return None
    figures = queries.letters_of_run(run, [letter_id]).get(letter_id)
    is_fair = before.terms.ranks_fairly
    return MarkBefore(before.position, figures.fair if is_fair else figures.raw, is_fair) if figures else None
