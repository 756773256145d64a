"""Decisions about words beside marks: who reads which remark, who looks after a child in distress. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from accounts.rules import is_organiser, is_signed_in
from contest.judging.rules import is_on_desk, was_dealt_to
from core.errors import Refused

LONGEST_REMARK = 1000


class Reader(StrEnum):
    """For whom a remark is meant: the child who wrote, or the jury."""

    CHILD = "child"
    JURY = "jury"


class Answer(StrEnum):
    """What an organiser has said of a remark to a child: nothing yet, that it may pass, that it is held back."""

    WAITING = "waiting"
    PASSED = "passed"
    HELD_BACK = "held_back"


def child_reads(*, reader: Reader, passed: bool, published: bool) -> bool:
    """Whether the child sees a remark: one meant for the child, let pass by an organiser, after the publication."""
    return reader is Reader.CHILD and passed and published


def stays_answered(*, before: str, after: str) -> bool:
    """Whether a remark that was let pass or held back still is: an organiser answers for the words that were read."""
    return before == after


def refuse_taking_back(answer: Answer, *, published: bool) -> None:
    """What was held back can pass until children read what has passed; what was let pass can be stopped at any time."""
    if answer is Answer.HELD_BACK and published:
        raise Refused("The results are published; what was held back stays with you.")


def entrusted_to(*, named: int | None, named_judges: bool) -> int | None:
    """Who looks after children in distress: the person named; None for the organisers.

    Whoever judges in the stage must not learn who wrote, so a person named who became a judge later is passed over.
    """
    return None if named_judges else named


def refuse_naming(*, judges: bool) -> None:
    """The person named sees who wrote a letter; a judge of the stage must not."""
    if judges:
        raise Refused(
            "A judge of this stage must not learn who wrote a letter; please name somebody else.", field="user_name"
        )


def refuse_settled(*, settled: bool, wish: bool) -> None:
    """A concern is handled once, and taken up again once."""
    if settled and wish:
        raise Refused("This has been handled already; please look at it again.")
    if not settled and not wish:
        raise Refused("This has been taken up again already; please look at it again.")


def is_entrusted(person: Any, case: Any) -> bool:
    """Looks after this child: the person named, or an organiser if nobody is."""
    if case.entrusted_to is None:
        return is_organiser(person, case)
    return bool(person.is_authenticated and case.entrusted_to == person.id)


PERMISSIONS: Mapping[str, Any] = {
    "remark.write": [[was_dealt_to, is_on_desk]],
    "remark.answer": [[is_organiser]],
    # Who gave a letter back may still have read in it that a child needs help.
    "concern.raise": [[was_dealt_to]],
    "concern.handle": [[is_entrusted]],
    "concerns.open": [[is_signed_in]],
}
