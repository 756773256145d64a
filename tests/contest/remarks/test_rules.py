"""Who reads which words, and who looks after a child: tables without a database."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from accounts.rules import Role
from contest.remarks import rules
from contest.remarks.rules import Answer, Reader
from core.errors import Refused


@pytest.mark.parametrize(
    ("reader", "passed", "published", "reads"),
    [
        (Reader.CHILD, True, True, True),
        (Reader.CHILD, False, True, False),
        (Reader.CHILD, True, False, False),
        (Reader.JURY, True, True, False),
    ],
)
def test_a_child_reads_what_is_for_the_child_was_let_pass_and_is_after_the_hour(
    reader: Reader, passed: bool, published: bool, reads: bool
) -> None:
    assert rules.child_reads(reader=reader, passed=passed, published=published) == reads


@pytest.mark.parametrize(("after", "stays"), [("Well done.", True), ("Well done", False)])
def test_what_was_let_pass_is_the_words_that_were_read(after: str, stays: bool) -> None:
    assert rules.stays_answered(before="Well done.", after=after) == stays


@pytest.mark.parametrize(
    ("answer", "published", "refused"),
    [
        (Answer.HELD_BACK, True, True),
        (Answer.HELD_BACK, False, False),
        (Answer.PASSED, True, False),
        (Answer.WAITING, True, False),
    ],
)
def test_what_was_held_back_stays_so_once_results_are_out(answer: Answer, published: bool, refused: bool) -> None:
    with pytest.raises(Refused) if refused else nullcontext():
        rules.refuse_taking_back(answer, published=published)


@pytest.mark.parametrize(("named", "judges", "who"), [(7, False, 7), (7, True, None), (None, False, None)])
def test_the_organisers_look_after_children_unless_somebody_who_does_not_judge_is_named(
    named: int | None, judges: bool, who: int | None
) -> None:
    assert rules.entrusted_to(named=named, named_judges=judges) == who


def person(identity: int, *roles: Role) -> SimpleNamespace:
    return SimpleNamespace(id=identity, is_authenticated=True, has_role=lambda role: role in roles)


def test_once_somebody_is_named_the_organisers_do_not_see_the_child() -> None:
    named, organiser = person(7), person(8, Role.ORGANISER)
    cases = [SimpleNamespace(entrusted_to=7), SimpleNamespace(entrusted_to=None)]
    seen = [[rules.is_entrusted(who, case) for case in cases] for who in (named, organiser)]
    assert seen == [[True, False], [False, True]]


@pytest.mark.parametrize("settled", [True, False])
def test_two_clicks_on_handled_are_told_apart(settled: bool) -> None:
    with pytest.raises(Refused):
        rules.refuse_settled(settled=settled, wish=settled)
    rules.refuse_settled(settled=settled, wish=not settled)
