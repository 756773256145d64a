"""What judges may see beside a letter: a term of the round, alike on every desk, off unless the round says so."""

import re
from collections.abc import Collection

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import log, queries, services
from contest.judging.models import Judge, Round
from contest.judging.rules import Verdict
from contest.judging.terms import RankedBy, RoundMethod, Sees, Terms
from contest.letters.models import Letter
from core.db import db, transaction
from core.errors import Refused
from tests import make
from tests.contest.judging.test_organising import PLAN
from tests.make import NOW

WORDS = r"\d+ words"
AGE = "12 years old"
MARK = r"raw mean in round 1: 8\.00"
EVERYTHING = frozenset(Sees)


@pytest.fixture
def first(stage: Stage, letters: list[Letter], lan: Judge, dung: Judge, hoa: Person) -> Round:
    """A round of marks that ranks by plain means, over, from which every letter went on."""
    return held(stage, hoa)


def held(stage: Stage, hoa: Person, **terms: object) -> Round:
    made = make.open_round(stage, reads=2, **terms)
    for judge in queries.judges_of(stage):
        for read in queries.desk_of(judge.person):
            make.marks(read, "8")
    make.closed(made, hoa)
    make.decided(made, hoa, *[db.session.get_one(Letter, each.letter_id) for each in queries.entries(made)])
    return made


def desks(judge: Judge, browser: FlaskClient, round_: Round) -> list[str]:
    """Every page of letters that waits on a judge's desk, as it is fetched ahead too."""
    addresses = browser.get("/judging/ahead").get_json()["pages"]
    assert addresses
    assert queries.open_desks(judge.person)[0].round == round_
    return [" ".join(browser.get(address).text.split()) for address in addresses]


def seen_on(pages: Collection[str]) -> list[list[bool]]:
    return [[bool(re.search(words, page)) for words in (WORDS, AGE, MARK)] for page in pages]


@pytest.mark.parametrize("method", list(RoundMethod))
@pytest.mark.parametrize(
    ("sees", "shown"),
    [
        (frozenset(), [False, False, False]),
        (frozenset({Sees.WORDS}), [True, False, False]),
        (frozenset({Sees.AGE}), [False, True, False]),
        (frozenset({Sees.MARK_BEFORE}), [False, False, True]),
        (EVERYTHING, [True, True, True]),
    ],
)
def test_every_desk_shows_what_the_round_says_and_nothing_else(
    stage: Stage,
    first: Round,
    lan: Judge,
    lans: FlaskClient,
    method: RoundMethod,
    sees: frozenset[Sees],
    shown: list[bool],
) -> None:
    round_ = make.open_round(stage, method=method, sees=sees)
    pages = desks(lan, lans, round_)
    assert seen_on(pages) == [shown] * len(pages)


def test_unless_told_otherwise_judges_see_the_number_of_words_and_nothing_else(stage: Stage) -> None:
    assert make.planned_round(stage).sees == {Sees.WORDS}


def test_after_a_round_that_ranks_by_fair_marks_it_is_the_fair_mark(
    stage: Stage, letters: list[Letter], lan: Judge, dung: Judge, lans: FlaskClient, hoa: Person
) -> None:
    held(stage, hoa, ranked_by=RankedBy.FAIR)
    round_ = make.open_round(stage, sees=EVERYTHING)
    assert all(re.search(r"fair mark in round 1: 8\.00", page) for page in desks(lan, lans, round_))


def test_the_mark_is_that_of_the_last_round_of_marks_whatever_came_between(
    stage: Stage, first: Round, letters: list[Letter], lan: Judge, dung: Judge, lans: FlaskClient, hoa: Person
) -> None:
    between = make.open_round(stage, method=RoundMethod.SCREENING)
    for read in [*queries.desk_of(lan.person, between), *queries.desk_of(dung.person, between)]:
        with transaction():
            services.save_verdict(assignment=read, verdict=Verdict.YES, now=NOW)
    make.closed(between, hoa)
    make.decided(between, hoa, *letters)
    round_ = make.open_round(stage, method=RoundMethod.RANKING, sees=EVERYTHING)
    assert all(re.search(MARK, page) for page in desks(lan, lans, round_))


def test_the_first_round_has_none_before_it_to_see(stage: Stage, hoas: FlaskClient) -> None:
    for what in (Sees.MARK_BEFORE, Sees.REMARKS_BEFORE):
        with pytest.raises(Refused, match="No round comes before the first"):
            make.planned_round(stage, sees=frozenset({what}))
    page = hoas.get("/stages/55/rounds/plan").text
    answer = hoas.post("/stages/55/rounds/plan", data=PLAN | {"sees": ["words", "mark_before"]})
    offered = [f'value="{each.value}"' in page for each in Sees]
    assert (offered, answer.status_code, queries.rounds_of(stage)) == ([True, True, False, False], 422, [])


def test_what_judges_see_is_chosen_shown_and_changed(stage: Stage, first: Round, hoas: FlaskClient) -> None:
    hoas.post("/stages/55/rounds/plan", data=PLAN | {"sees": ["age", "remarks_before"]})
    planned = queries.rounds_of(stage)[-1]
    page = hoas.get(f"/rounds/{planned.id}").text
    rules = hoas.get("/stages/55/rules").text
    chosen = planned.sees
    told = "the child’s age in whole years, remarks to the jury from earlier rounds, without names"
    hoas.post(f"/rounds/{planned.id}/change", data=PLAN)
    db.session.expire_all()
    assert (chosen, told in page, told in rules) == ({Sees.AGE, Sees.REMARKS_BEFORE}, True, True)
    assert (planned.sees, "nothing" in hoas.get(f"/rounds/{planned.id}").text) == (frozenset(), True)


def test_the_sealed_log_keeps_what_judges_see(stage: Stage, first: Round, hoa: Person) -> None:
    planned = make.planned_round(stage, sees=frozenset({Sees.AGE}))
    with transaction():
        services.change_round(
            round_=planned, reads_per_letter=1, seed="other", terms=Terms(sees=EVERYTHING), by=hoa, now=NOW
        )
    query = select(log.JudgingEvent.payload).where(log.JudgingEvent.round_id == planned.id)
    kept = [payload["terms"]["sees"] for payload in db.session.scalars(query.order_by(log.JudgingEvent.id))]
    assert kept == [["age"], ["age", "mark_before", "remarks_before", "words"]]


def test_a_round_that_becomes_the_first_shows_nothing_of_rounds_before(stage: Stage, hoa: Person) -> None:
    cancelled, later = make.planned_round(stage), make.planned_round(stage, seed="later", sees=EVERYTHING)
    with transaction():
        services.cancel_round(round_=cancelled, by=hoa, now=NOW)
    query = select(log.JudgingEvent.kind).where(log.JudgingEvent.round_id == later.id).order_by(log.JudgingEvent.id)
    assert (later.position, later.sees) == (1, {Sees.WORDS, Sees.AGE})
    assert list(db.session.scalars(query)) == ["round.planned", "round.changed"]
