"""The log says again what was computed; a planted change, in a table or in the log itself, is found and named."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import Executable, delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from accounts import services as accounts
from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import log, queries, services, standing
from contest.judging.commands import commands
from contest.judging.models import DecidedLetter, Judge, Mark, Round
from contest.judging.rules import Verdict
from contest.judging.terms import Counting, GoingOn, RoundMethod
from contest.letters.models import Letter
from core.db import db, transaction
from tests import make
from tests.kept import kept
from tests.make import NOW


@pytest.fixture
@kept
def funnel(stage: Stage, letters: list[Letter], lan: Judge, dung: Judge, hoa: Person) -> Round:
    """A round of four letters with two reads each, changed and given back on the way, of which two letters went on."""
    round_ = make.open_round(stage, reads=2, going_on=GoingOn.TOP, cut=Decimal(2))
    for judge in (lan, dung):
        for place, read in enumerate(queries.desk_of(judge.person, round_)):
            make.marks(read, str(9 - place))
    again = queries.desk_of(lan.person, round_)[3]
    make.marks(again, "2.5")
    with transaction():
        services.recuse(assignment=queries.desk_of(dung.person, round_)[0], by=dung.person, now=NOW)
        accounts.withdraw_consent(consent=letters[0].entrant.consent, by=hoa, now=NOW)
    make.closed(round_, hoa)
    make.decided(round_, hoa)
    return round_


def replay(app: Flask, edition: int = 55) -> tuple[int, list[str]]:
    """Exit code and what was said."""
    db.session.commit()
    result = app.test_cli_runner().invoke(commands, ["replay", str(edition)])
    return result.exit_code, result.output.splitlines()


def plant(statement: Executable) -> None:
    """A change past the program, the seal of the log taken off."""
    db.session.commit()
    with db.engine.begin() as connection:
        for unseal in log.UNSEAL[connection.dialect.name]:
            connection.execute(text(unseal))
        connection.execute(statement)
        for seal in log.SEAL[connection.dialect.name]:
            connection.execute(text(seal))
    db.session.expire_all()


def line_of(stage: Stage, kind: str, number: int = -1) -> log.JudgingEvent:
    return [line for line in log.lines_of(stage.id) if line.kind == kind][number]


def test_an_honest_log_matches_in_every_figure(app: Flask, funnel: Round) -> None:
    code, said = replay(app)
    assert (code, said[-1]) == (0, "Everything matches.")


@pytest.mark.parametrize(
    ("method", "counting"),
    [
        (RoundMethod.SCREENING, Counting.BORDA),
        (RoundMethod.PAIRS, Counting.BORDA),
        *((RoundMethod.RANKING, counting) for counting in Counting),
    ],
)
def test_rounds_without_marks_match_too(
    app: Flask,
    stage: Stage,
    letters: list[Letter],
    lan: Judge,
    dung: Judge,
    hoa: Person,
    method: RoundMethod,
    counting: Counting,
) -> None:
    best_two = {"going_on": GoingOn.TOP, "cut": Decimal(2)}
    round_ = make.open_round(stage, reads=2, method=method, counting=counting, anchors=1, **best_two)
    with transaction():
        judge_everything(round_, lan, method)
    make.closed(round_, hoa)
    make.decided(round_, hoa)
    code, said = replay(app)
    assert (code, said[-1], len(standing.ranking_of(round_)) > 1) == (0, "Everything matches.", True)


def judge_everything(round_: Round, judge: Judge, method: RoundMethod) -> None:
    reads = queries.desk_of(judge.person, round_)
    if method is RoundMethod.RANKING:
        services.save_order(round_=round_, judge=judge, order=[read.id for read in reads][::-1], now=NOW)
    if method is RoundMethod.SCREENING:
        for read, verdict in zip(reads, [Verdict.YES, Verdict.NO, Verdict.UNSURE, Verdict.YES], strict=True):
            services.save_verdict(assignment=read, verdict=verdict, now=NOW)
    for pair in queries.pairs_on_desk(judge.person, round_):
        services.choose(pair=pair, letter_id=max(pair.left_id, pair.right_id), now=NOW)


def test_a_mark_changed_in_the_table_is_named(app: Flask, funnel: Round) -> None:
    mark = db.session.query(Mark).order_by(Mark.id).first()
    plant(update(Mark).where(Mark.id == mark.id).values(points=Decimal("0.5")))
    code, said = replay(app)
    figure = f"mark of read, criterion ({mark.assignment_id}, {mark.criterion_id}), table against log"
    assert (code, said[1:]) == (1, [f"Round 1, {figure}: written 0.5, computed 9.0."])


def test_a_mark_changed_in_the_log_is_named_wherever_it_counts(app: Flask, stage: Stage, funnel: Round) -> None:
    """Made to fit its own digest too: still mark, mean and rank contradict it."""
    line = line_of(stage, "mark")
    forged = log.JudgingEvent(
        stage_id=line.stage_id, round_id=line.round_id, at=line.at, who=line.who, kind=line.kind,
        payload=line.payload | {"after": "10.0"}, program=line.program, seed=line.seed,
    )  # fmt: skip
    plant(
        update(log.JudgingEvent)
        .where(log.JudgingEvent.id == line.id)
        .values(payload=forged.payload, digest=log.digest_of(forged))
    )
    code, told = replay(app)
    figures = [each.removeprefix("Round 1, ").split(" of ")[0].split(" ")[0] for each in told[1:]]
    assert (code, {"mean", "mark"} <= set(figures), "digest" in figures) == (1, True, False)


def test_a_line_changed_in_the_log_no_longer_fits_its_digest(app: Flask, stage: Stage, funnel: Round) -> None:
    line = line_of(stage, "round.closed")
    plant(update(log.JudgingEvent).where(log.JudgingEvent.id == line.id).values(who=999))
    assert replay(app)[1][1:] == [f"Round 1, digest of line {line.id}: written False, computed True."]


def test_a_line_taken_out_of_the_log_is_missed(app: Flask, stage: Stage, funnel: Round) -> None:
    line = line_of(stage, "mark", 0)
    read, criterion = line.payload["read"], line.payload["criterion"]
    plant(delete(log.JudgingEvent).where(log.JudgingEvent.id == line.id))
    code, told = replay(app)
    figure = f"mark of read, criterion ({read}, {criterion}), table against log"
    assert (code, f"Round 1, {figure}: written 9.0, computed None." in told) == (1, True)


def test_a_letter_slipped_into_a_decision_is_named(app: Flask, letters: list[Letter], funnel: Round) -> None:
    decision = queries.decision_of(funnel)
    going_on = sorted(queries.went_on(decision))
    plant(insert(DecidedLetter).values(decision_id=decision.id, letter_id=letters[0].id))
    expected = f"Round 1, letters that go on: written {sorted([*going_on, letters[0].id])}, computed {going_on}."
    assert replay(app)[1][1:] == [expected]


@pytest.mark.parametrize("statement", ["UPDATE judging_event SET who = 1", "DELETE FROM judging_event"])
def test_the_database_itself_changes_and_removes_no_line(funnel: Round, statement: str) -> None:
    db.session.commit()
    with pytest.raises(DBAPIError, match="only added to"), db.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_edition_without_a_stage_is_said(app: Flask, funnel: Round) -> None:
    result = app.test_cli_runner().invoke(commands, ["replay", "3"])
    assert result.exception.message == "There is no stage of edition %(number)s."
