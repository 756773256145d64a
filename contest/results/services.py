"""Every write of results: giving prizes, setting the hour, publishing into the record, withdrawing in public."""

from dataclasses import replace
from datetime import datetime

from accounts.models import Person
from accounts.rules import NameShown
from contest.editions import queries as editions
from contest.editions.models import Prize, Stage
from contest.editions.rules import age_on
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.judging.rules import RoundState
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm, LetterState
from contest.results import queries, rules
from contest.results.models import StageAward
from contest.winners import queries as winners
from contest.winners import services as record
from contest.winners.models import Award
from contest.winners.rights import LetterRights, LetterText, Permission, refuse_letter
from contest.winners.rules import AwardLevel, PersonName, PrizeKind
from contest.winners.services import NamesOf
from core import clock, jobs, journal
from core.db import db
from core.errors import Refused
from core.localtime import local_day

# The usual prizes of a stage, by their English names, as kinds that can be compared over years.
KINDS = {
    "First prize": PrizeKind.FIRST,
    "Second prize": PrizeKind.SECOND,
    "Third prize": PrizeKind.THIRD,
    "Consolation prize": PrizeKind.CONSOLATION,
}


def give_prize(*, letter: Letter, prize: Prize, citations: NamesOf, by: Person, now: datetime) -> StageAward:
    """Give a letter a prize with the jury's words, or change which and what. The same again changes nothing."""
    stage = letter.stage
    queries.hold(stage)
    if letter.state is not LetterState.SUBMITTED:
        raise Refused("This letter was taken back.")
    known = queries.award_of_letter(letter)
    _refuse_award(letter, prize, known, now)
    _refuse_naming(letter.entrant, citations)
    award = known or StageAward(stage_id=stage.id, letter_id=letter.id, given_by=by.id, given_at=now)
    award.prize_id = prize.id
    award.citation_vi, award.citation_en, award.citation_fr = citations.vi, citations.en, citations.fr
    db.session.add(award)
    if db.session.is_modified(award):
        db.session.flush()
        _note(stage, "award.given", by, now, letter=letter.number, prize=prize.name_en)
    return award


def _refuse_award(letter: Letter, prize: Prize, known: StageAward | None, now: datetime) -> None:
    stage = letter.stage
    round_ = judging.last_round(stage)
    rules.refuse_award(
        final=_is_final(stage, now),
        places=prize.places,
        given=queries.given_of(prize) - (1 if known and known.prize_id == prize.id else 0),
        round_closed=_is_closed(round_),
        was_read=queries.was_read(letter),
    )


def _refuse_naming(entrant: Entrant, citations: NamesOf) -> None:
    """A citation is public: it must not name a child whose guardian does not wish it."""
    wished = entrant.consent.name_shown
    name = PersonName(entrant.full_name, entrant.given_name, "", wished)
    for language, text in (("vi", citations.vi), ("en", citations.en), ("fr", citations.fr)):
        if wished is not NameShown.FULL and name.is_told_by(text):
            raise Refused("The guardian does not wish the full name to be told.", field=f"citation_{language}")


def give_all_suggested(*, stage: Stage, by: Person, now: datetime) -> int:
    """Give every prize the ranking alone decides; letters that have one keep theirs. Gives how many."""
    queries.hold(stage)
    rows = [row for row in queries.ranking_of(stage).rows if row.suggested]
    for row in rows:
        letter = db.session.get_one(Letter, row.ranked.letter_id)
        if row.suggested:
            give_prize(letter=letter, prize=row.suggested, citations=NamesOf(), by=by, now=now)
    return len(rows)


def offer_letter(*, award: StageAward, letter: LetterText, permission: Permission, by: Person, now: datetime) -> None:
    """Have everybody read the letter, or a part of it, from the hour on; or nothing. Names in it stay covered."""
    queries.hold(award.stage)
    typed = award.letter.form is LetterForm.TYPED
    rules.refuse_offer(final=_is_final(award.stage, now), typed=typed)
    refuse_letter(replace(letter, body=award.letter.blind_body), permission, today=local_day(now))
    award.letter_rights, award.permitted_by, award.permitted_on = permission.rights, permission.by, permission.on
    award.letter_language, award.letter_excerpt = letter.language, letter.excerpt
    db.session.flush()
    told = {"letter": award.letter.number, "rights": permission.rights.value, "permitted_by": permission.by}
    _note(award.stage, "award.letter_offered", by, now, **told)


def take_prize_back(*, award: StageAward, by: Person, now: datetime) -> None:
    """Undo a prize before it is published."""
    queries.hold(award.stage)
    rules.refuse_final(final=_is_final(award.stage, now))
    _note(award.stage, "award.taken_back", by, now, letter=award.letter.number)
    db.session.delete(award)
    db.session.flush()


def _is_final(stage: Stage, now: datetime) -> bool:
    return rules.is_final(hour=stage.results_at, published=stage.published_at is not None, now=now)


def _is_closed(round_: Round | None) -> bool:
    return round_ is not None and round_.state is RoundState.CLOSED


def set_hour(*, stage: Stage, hour: datetime, by: Person, now: datetime) -> None:
    """Set or move the hour of publication; the job of an hour that was moved does nothing when it comes."""
    queries.hold(stage)
    rules.refuse_hour(
        hour=hour,
        now=now,
        final=_is_final(stage, now),
        round_closed=_is_closed(judging.last_round(stage)),
        prizes=[(prize.places, queries.given_of(prize)) for prize in stage.prizes],
    )
    if stage.results_at == hour:
        return
    stage.results_at = hour
    db.session.flush()
    jobs.enqueue("results.publish", due_at=hour, stage_id=stage.id, hour=hour.isoformat())
    _note(stage, "results.hour_set", by, now, hour=hour.isoformat())


def cancel_hour(*, stage: Stage, by: Person, now: datetime) -> None:
    """No hour any more, as long as it has not come. Twice is once."""
    queries.hold(stage)
    if _is_final(stage, now):
        raise Refused("The results are published.")
    if stage.results_at is None:
        return
    stage.results_at = None
    db.session.flush()
    _note(stage, "results.hour_cancelled", by, now)


@jobs.handles("results.publish")
def publish(stage_id: int, hour: str) -> None:
    """At the hour: copy every prize into the record, where pages and search find it. Twice is once."""
    stage = db.session.get_one(Stage, stage_id)
    queries.hold(stage)
    now = clock.now()
    ready = rules.is_the_hour(
        hour_set=stage.results_at,
        hour_of_job=datetime.fromisoformat(hour),
        published=stage.published_at is not None,
        now=now,
    )
    if not ready:
        return
    for award in queries.awards_of(stage):
        if award.withdrawn_at is None and award.letter.state is LetterState.SUBMITTED:
            _record(award, now)
    stage.published_at = now
    db.session.flush()
    journal.write(who=None, act="results.published", kind="stage", thing=stage.id, now=now)


def _record(award: StageAward, now: datetime) -> None:
    entrant, prize = award.letter.entrant, award.prize
    province = editions.province_of(entrant.school)
    recorded = record.record_laureate(
        edition=award.stage.edition,
        country=award.stage.country,
        level=AwardLevel.NATIONAL,
        prize_name=NamesOf(prize.name_vi, prize.name_en, prize.name_fr),
        prize=KINDS.get(prize.name_en, PrizeKind.OTHER),
        rank=prize.position,
        full_name=entrant.full_name,
        given_name=entrant.given_name,
        shown_as=rules.name_shown(
            wished=entrant.consent.name_shown, consent_holds=entrant.consent.withdrawn_at is None
        ),
        age=age_on(born=entrant.born, day=award.stage.reference_day),
        place=province.name if province else "",
        citations=NamesOf(award.citation_vi, award.citation_en, award.citation_fr),
        origin=award.id,
        now=now,
    )
    if award.letter_rights is not LetterRights.NONE and entrant.consent.withdrawn_at is None:
        _record_letter(award, recorded, now)


def _record_letter(award: StageAward, recorded: Award, now: datetime) -> None:
    """Of a letter no more is copied than everybody may read."""
    is_whole = award.letter_rights is LetterRights.WHOLE
    letter = LetterText(award.letter_language, award.letter.blind_body if is_whole else "", award.letter_excerpt)
    permission = Permission(award.letter_rights, award.permitted_by, award.permitted_on)
    record.keep_letter(award=recorded, letter=letter, permission=permission, by=None, now=now)


@jobs.handles("consent.withdrawn")
def take_names_down(consent_id: int) -> None:
    """A guardian has withdrawn: the prize stays in the record, the child's name and letter are shown no more."""
    for award in queries.awards_under(consent_id):
        recorded = winners.award_of_stage(award.id)
        if recorded:
            record.withdraw_permission(award=recorded, by=None, now=clock.now())
        if recorded and recorded.laureate:
            record.show_person(laureate=recorded.laureate, shown_as=NameShown.HIDDEN, by=None, now=clock.now())


def withdraw_award(*, award: StageAward, reason: str, by: Person, now: datetime) -> None:
    """Withdraw a published prize: it stays in the record with its day and reason. Twice is once."""
    queries.hold(award.stage)
    if not award.stage.published_at:
        raise Refused("The results are not published yet; simply take the prize back.")
    if award.withdrawn_at is not None:
        return
    if not reason.strip():
        raise Refused("Please say why the award is withdrawn; everybody will read it.", field="reason")
    award.withdrawn_at, award.withdrawn_reason = now, reason.strip()
    recorded = winners.award_of_stage(award.id)
    if recorded:
        record.withdraw_award(award=recorded, reason=reason, now=now, by=by.id)
    db.session.flush()
    _note(award.stage, "award.withdrawn", by, now, letter=award.letter.number, reason=reason.strip())


def _note(stage: Stage, act: str, by: Person, now: datetime, **details: object) -> None:
    journal.write(who=by.id, act=act, kind="stage", thing=stage.id, now=now, **details)
