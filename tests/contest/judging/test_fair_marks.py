"""Fair marks in a round: measured by the worker after marks, at the latest when the round closes; what ranks is a term."""

import csv
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from accounts import services as accounts
from accounts.models import Person
from contest.editions.models import Stage, Unit
from contest.judging import deciding, log, queries, services, standing
from contest.judging.models import Assignment, Judge, Round
from contest.judging.runs import JudgeMeasure, LetterMeasure, ModelRun
from contest.judging.services.measuring import JOB
from contest.judging.terms import GoingOn, RankedBy, RoundMethod, SeverityModel
from contest.letters.models import Letter
from core import clock, jobs
from core.db import db, transaction
from core.errors import Refused
from core.jobs import Job, JobState
from tests import make
from tests.contest.judging.test_replay import plant, replay
from tests.kept import kept
from tests.make import NOW

STERN, MILD = -2, 2


@pytest.fixture
@kept
def many(stage: Stage, school: Unit) -> list[Letter]:
    """Twelve letters."""
    return [make.child(stage, school) for _number in range(12)]


@pytest.fixture
def third(stage: Stage) -> Judge:
    """A judge as stern as most."""
    return make.judge(stage, make.person("third"))


@pytest.fixture
@kept
def judged(stage: Stage, many: list[Letter], lan: Judge, dung: Judge, third: Judge) -> Round:
    """An open round ranked by fair marks: two reads a letter, Lan is stern, Dũng is mild, all else is equal."""
    round_ = make.open_round(stage, reads=2, anchors=3, ranked_by=RankedBy.FAIR, going_on=GoingOn.TOP, cut=Decimal(4))
    mark_all(round_, many, {lan: STERN, dung: MILD, third: 0})
    return round_


def mark_all(round_: Round, letters: list[Letter], severities: dict[Judge, int]) -> None:
    worth = {letter.id: 5 + number % 4 / 2 for number, letter in enumerate(letters)}
    for judge, shift in severities.items():
        for read in queries.desk_of(judge.person, round_):
            make.marks(read, str(worth[read.letter_id] + shift / 2))


def waiting() -> list[dict[str, object]]:
    query = select(Job.arguments).where(Job.name == JOB, Job.state == JobState.WAITING)
    return list(db.session.scalars(query))


def work() -> None:
    """Let the worker measure, whatever the pause."""
    db.session.execute(update(Job).where(Job.name == JOB).values(due_at=NOW))
    db.session.commit()
    jobs.run_due(now=clock.now(), long=True)
    db.session.expire_all()


def runs_of(round_: Round) -> int:
    return db.session.scalar(select(func.count()).where(ModelRun.round_id == round_.id, ModelRun.results != "")) or 0


def test_marks_ask_for_one_run_however_many_they_are(judged: Round) -> None:
    assert waiting() == [{"round_id": judged.id}]


def test_the_worker_measures_and_keeps_figures_of_letters_and_judges(
    judged: Round, many: list[Letter], lan: Judge, dung: Judge
) -> None:
    work()
    run = queries.newest_run(judged)
    judges = queries.judges_of_run(run)
    assert (set(queries.letters_of_run(run)), waiting()) == ({letter.id for letter in many}, [])
    assert judges[lan.id].severity > 0.5 > -0.5 > judges[dung.id].severity
    assert run.position == queries.position_of(judged)


def test_a_second_job_without_new_marks_measures_nothing(judged: Round) -> None:
    work()
    with transaction():
        jobs.enqueue(JOB, round_id=judged.id)
    work()
    assert runs_of(judged) == 1


def test_only_the_newest_run_keeps_its_figures(judged: Round, lan: Judge, many: list[Letter]) -> None:
    work()
    make.marks(queries.desk_of(lan.person, judged)[0], "9")
    work()
    kept = {db.session.scalars(select(table.run_id).distinct()).one() for table in (LetterMeasure, JudgeMeasure)}
    assert (runs_of(judged), kept) == (2, {queries.newest_run(judged).id})


def test_a_run_that_has_read_less_does_not_overtake(judged: Round, lan: Judge) -> None:
    early = standing.taken(judged)
    make.marks(queries.desk_of(lan.person, judged)[0], "9")
    with transaction():
        newest = services.bring_up_to_date(round_=judged, now=NOW)
        late = services.keep_run(round_=judged, taken=early, found=early.measured(), seconds=1, now=NOW)
    assert (late.id, queries.newest_run(judged).id) == (newest.id, newest.id)


def test_a_run_that_was_never_finished_never_counts(judged: Round, hoa: Person, app: Flask) -> None:
    """As when the worker is stopped between two pieces; what it left goes with the next run."""
    taken = standing.taken(judged)
    found = taken.measured()
    with transaction():
        begun = services.begin_run(round_=judged, taken=taken, found=found, seconds=1, now=NOW)
        services.keep_letters(rows=next(iter(services.letters_to_keep(run_id=begun.id, found=found))))
    assert queries.newest_run(judged) is None
    make.closed(judged, hoa)
    kept = set(db.session.scalars(select(LetterMeasure.run_id).distinct()))
    assert (kept, replay(app)[0]) == ({queries.newest_run(judged).id}, 0)


def test_closing_measures_then_and_there_and_the_ranking_is_by_fair_marks(judged: Round, hoa: Person) -> None:
    make.closed(judged, hoa)
    figures = queries.letters_of_run(queries.newest_run(judged))
    ranked = standing.ranking_of(judged)
    assert [float(each.mean) for each in ranked] == sorted((each.fair for each in figures.values()), reverse=True)


def test_fair_marks_bring_equal_letters_nearer_than_raw_means_do(
    judged: Round, many: list[Letter], hoa: Person
) -> None:
    """Letters 1, 5 and 9 are equally good; whom they met differs."""
    make.closed(judged, hoa)
    figures = queries.letters_of_run(queries.newest_run(judged))
    equal = [figures[many[number].id] for number in (0, 4, 8)]
    raw, fair = ([getattr(each, name) for each in equal] for name in ("raw", "fair"))
    assert max(fair) - min(fair) < 0.5 * (max(raw) - min(raw))


def test_a_round_that_ranks_by_raw_means_has_fair_marks_beside_them(
    stage: Stage, many: list[Letter], lan: Judge, dung: Judge, third: Judge, hoa: Person
) -> None:
    round_ = make.open_round(stage, reads=2, ranked_by=RankedBy.RAW)
    mark_all(round_, many, {lan: STERN, dung: MILD, third: 0})
    make.closed(round_, hoa)
    figures = standing.fair_marks(round_)
    assert [float(each.mean) for each in standing.ranking_of(round_)] == pytest.approx(
        sorted((each.raw for each in figures.values()), reverse=True), abs=1e-4
    )


def test_rounds_without_marks_are_never_measured(stage: Stage, letters: list[Letter], lan: Judge) -> None:
    round_ = make.open_round(stage, method=RoundMethod.SCREENING)
    with transaction():
        services.recuse(assignment=queries.desk_of(lan.person, round_)[0], by=lan.person, now=NOW)
    assert (waiting(), standing.fair_marks(round_)) == ([], {})


def test_a_letter_that_leaves_after_the_close_is_measured_away_before_the_decision(
    judged: Round, many: list[Letter], hoa: Person
) -> None:
    make.closed(judged, hoa)
    seen = deciding.fingerprint(standing.standings_of(judged))
    with transaction():
        accounts.withdraw_consent(consent=many[0].entrant.consent, by=hoa, now=NOW)
    with pytest.raises(Refused), transaction():
        services.decide(round_=judged, chosen=[], seen=seen, by=hoa, now=NOW)
    make.decided(judged, hoa)
    run = queries.newest_run(judged)
    assert (run.absent, many[0].id in queries.letters_of_run(run), runs_of(judged)) == ([many[0].id], False, 2)


def test_the_terms_are_written_down_before_the_round_opens(judged: Round, stage: Stage) -> None:
    terms = next(line.payload["terms"] for line in log.lines_of(stage.id) if line.kind == "round.planned")
    assert (terms["ranked_by"], terms["severity_model"]) == ("fair", "automatic")


def test_everybody_may_read_beforehand_what_a_round_ranks_by(client: FlaskClient, stage: Stage) -> None:
    make.planned_round(stage, ranked_by=RankedBy.FAIR)
    page = client.get("/stages/55/rules", headers={"Accept-Language": "en"}).text
    assert "Fair marks: what a judge of average sternness would have given" in page


def test_the_pages_of_the_organiser_show_both_marks_the_error_and_why(
    judged: Round, hoas: FlaskClient, hoa: Person
) -> None:
    make.closed(judged, hoa)
    pages = [hoas.get(address).text for address in (f"/rounds/{judged.id}/decision", "/stages/55/results")]
    words = ("Fair mark, 0 to 10", "Raw mean", "sterner than most", "milder than most")
    assert [[word in page for word in words] for page in pages] == [[True] * 4] * 2


def test_the_spreadsheet_of_the_ranking_holds_what_moved_each_mark(
    judged: Round, hoas: FlaskClient, hoa: Person
) -> None:
    make.closed(judged, hoa)
    table = csv.DictReader(hoas.get("/stages/55/results/ranking.csv").text.lstrip("\ufeff").splitlines())
    first = next(table)
    assert list(first)[-5:] == ["fair_mark", "standard_error", "raw_mean", "for_its_judges", "for_few_reads"]
    assert (first["round"], first["mean"]) == ("1", first["fair_mark"])


def test_an_honest_log_of_model_runs_matches(app: Flask, judged: Round, lan: Judge, hoa: Person) -> None:
    work()
    make.marks(queries.desk_of(lan.person, judged)[0], "9")
    with transaction():
        services.recuse(assignment=queries.desk_of(lan.person, judged)[1], by=lan.person, now=NOW)
    work()
    make.closed(judged, hoa)
    make.decided(judged, hoa)
    code, said = replay(app)
    assert (code, said[-1], runs_of(judged)) == (0, "Everything matches.", 2)


def test_a_run_whose_marks_ended_before_later_ones_were_logged_matches(app: Flask, judged: Round, lan: Judge) -> None:
    """As when judges go on while the worker computes."""
    taken = standing.taken(judged)
    make.marks(queries.desk_of(lan.person, judged)[0], "9")
    with transaction():
        services.keep_run(round_=judged, taken=taken, found=taken.measured(), seconds=1, now=NOW)
    assert replay(app)[0] == 0


@pytest.mark.parametrize("model", [SeverityModel.ADDITIVE, SeverityModel.RASCH])
def test_a_planted_fair_mark_and_a_planted_severity_are_named(
    app: Flask,
    stage: Stage,
    many: list[Letter],
    lan: Judge,
    dung: Judge,
    third: Judge,
    hoa: Person,
    model: SeverityModel,
) -> None:
    round_ = make.open_round(stage, reads=2, anchors=3, ranked_by=RankedBy.FAIR, severity_model=model)
    mark_all(round_, many, {lan: STERN, dung: MILD, third: 0})
    make.closed(round_, hoa)
    plant(update(LetterMeasure).where(LetterMeasure.letter_id == many[2].id).values(fair=9.9))
    plant(update(JudgeMeasure).where(JudgeMeasure.judge_id == lan.id).values(severity=0.1))
    code, said = replay(app)
    assert (code, [line.split(":")[0] for line in said[1:]]) == (
        1,
        [
            f"Round 1, fair mark of letter {many[2].id}, table against log",
            f"Round 1, severity of judge {lan.id}, table against log",
        ],
    )


def test_a_severity_changed_in_the_log_is_named(
    app: Flask, judged: Round, lan: Judge, hoa: Person, stage: Stage
) -> None:
    make.closed(judged, hoa)
    line = next(each for each in log.lines_of(stage.id) if each.kind == "measured")
    judges = [
        [key, reads, 0.5 if key == lan.id else severity, *more]
        for key, reads, severity, *more in line.payload["judges"]
    ]
    plant(
        update(log.JudgingEvent).where(log.JudgingEvent.id == line.id).values(payload=line.payload | {"judges": judges})
    )
    code, said = replay(app)
    named = [text.split(":")[0] for text in said[1:]]
    run = line.payload["run"]
    assert (code, named) == (
        1,
        [f"Round 1, digest of line {line.id}", f"Round 1, severity of judge {lan.id}, of model run {run}"],
    )


def test_judges_see_nothing_of_it(
    judged: Round, lans: FlaskClient, hoa: Person, as_: Callable[..., FlaskClient]
) -> None:
    work()
    read: Assignment = queries.desk_of(db.session.get_one(Judge, queries.judges_of(judged.stage)[0].id).person, judged)[
        0
    ]
    make.closed(judged, hoa)
    closed = [lans.get(address).status_code for address in (f"/rounds/{judged.id}", f"/rounds/{judged.id}/decision")]
    page = lans.get(f"/judging/desk/{read.id}").text + lans.get("/judging").text
    assert (closed, "air mark" in page) == ([404, 404], False)


def test_what_is_measured_is_of_one_moment_and_keeps_nobody_from_saving(stage: Stage) -> None:
    round_id = make.planned_round(stage).id
    db.session.rollback()
    read = queries.round_at_rest(round_id)
    assert read is not None
    seen = read.seed
    with db.engine.begin() as another:
        another.execute(update(Round).values(seed="saved meanwhile"))
    db.session.expire_all()
    assert read.seed == seen
    db.session.rollback()
    assert read.seed == "saved meanwhile"
