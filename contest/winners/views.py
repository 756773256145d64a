"""Pages of the record: the years, one year, the laureates, one award, a country. Public but for names and letters."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.rules import NameShown
from contest.winners import facts, linked, queries, services, tallies, words
from contest.winners.forms import LetterForm, ShowForm
from contest.winners.models import Award
from contest.winners.rules import AwardLevel, PrizeKind
from contest.winners.shown import show_all
from core import clock
from core.countries import by_name, country_name, known
from core.db import transaction
from core.pages import in_language, left_out, page, refusals
from core.permissions import asks, public
from stamps import listing
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.browsing import narrowed_to
from stamps.opendata.places import linked as head_of

PER_PAGE = 50
blueprint = Blueprint("winners", __name__)


@dataclass(frozen=True)
class Filters:
    """What the list of laureates is narrowed to; what cannot be understood narrows nothing, and is said to be left out."""

    country: str
    prize: PrizeKind | None
    level: AwardLevel | None
    year: int | None
    page: int
    left_out: tuple[str, ...] = ()

    def url(self, page: int) -> str:
        """The address of another page of the same list."""
        return url_for(
            "winners.laureates",
            country=self.country or None,
            prize=self.prize,
            level=self.level,
            year=self.year,
            page=page if page > 1 else None,
        )


@blueprint.get("/editions")
@public
def editions() -> ResponseReturnValue:
    """Every year of the contest with its theme and who won gold."""
    discretion = queries.discretion()
    gold = {edition_id: show_all(awards, discretion) for edition_id, awards in queries.gold_by_edition().items()}
    return page(
        "contest/winners/editions.html",
        editions=queries.editions(),
        gold=gold,
        stamps_by_year=stamps.counts_by_year(),
        themes_of=facts.themes_of,
    )


@blueprint.get("/editions/<int:number>")
@public
def edition(number: int) -> ResponseReturnValue:
    """One year: its theme, its laureates, the stamps of that year."""
    found = queries.edition(number) if number < 10_000 else None
    if found is None:
        abort(404)
    return page("contest/winners/edition.html", **facts.of_edition(found))


@blueprint.get("/laureates")
@public
def laureates() -> ResponseReturnValue:
    """Every award, narrowed by country, prize, jury and year."""
    filters = _filters()
    query = queries.awards_like(country=filters.country, prize=filters.prize, year=filters.year, level=filters.level)
    total = queries.count(query)
    awards = queries.page_of(query, number=filters.page, size=PER_PAGE)
    return page(
        "contest/winners/laureates.html",
        filters=filters,
        awards=show_all(awards, queries.discretion()),
        total=total,
        total_pages=max(1, -(-total // PER_PAGE)),
        countries=by_name(queries.countries()),
        prizes=[(prize, in_language(words.PRIZES[prize], "name")) for prize in queries.prizes()],
        levels=[(level, words.level(level)) for level in words.LEVELS],
        years=[(edition.year, edition.year) for edition in queries.editions()],
        words=words,
    )


@blueprint.get("/laureates/names")
@asks("laureate.show")
def names() -> ResponseReturnValue:
    """For curators: who is not named in full, and where that is decided."""
    awards = queries.awards_of_discretion()
    return page("contest/winners/names.html", awards=awards, words=words)


@blueprint.get("/laureates/<key:key>")
@public
def laureate(key: str) -> ResponseReturnValue:
    """One award: who, for what, from where we know it."""
    award = queries.award(key) or abort(404)
    return _award_page(award, ShowForm(formdata=None))


@blueprint.post("/laureates/<key:key>/name")
@asks("laureate.show", of=queries.award_with_person)
def show_name(award: Award) -> ResponseReturnValue:
    """Change how much of the person's name everybody sees."""
    key, form = award.key, ShowForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.show_person(
                    laureate=queries.laureate_of(key) or abort(404),
                    shown_as=NameShown(form.shown_as.data),
                    by=current_user.id,
                    now=clock.now(),
                )
            return redirect(url_for("winners.laureate", key=key))
    return _award_page(award, form)


@blueprint.route("/laureates/<key:key>/letter", methods=["GET", "POST"])
@asks("laureate.letter", of=queries.award)
def letter(award: Award) -> ResponseReturnValue:
    """The letter of a laureate, and how much of it everybody may read."""
    key, form = award.key, LetterForm(obj=award.letter)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.keep_letter(
                    award=queries.award(key) or abort(404),
                    letter=form.letter,
                    permission=form.permission,
                    by=current_user.id,
                    now=clock.now(),
                )
            flash(_("The letter is kept; pages and the search follow at once."))
            return redirect(url_for("winners.laureate", key=key))
    return page("contest/winners/letter.html", form=form, award=award, shown=facts.of_award(award)["award"])


@blueprint.post("/laureates/<key:key>/letter/withdraw")
@asks("laureate.letter", of=queries.award)
def withdraw_letter(award: Award) -> ResponseReturnValue:
    """The permission to read the letter is withdrawn."""
    key = award.key
    with transaction():
        services.withdraw_permission(award=queries.award(key) or abort(404), by=current_user.id, now=clock.now())
    flash(_("Nobody can read the letter here any more."))
    return redirect(url_for("winners.laureate", key=key))


@blueprint.get("/countries/<code>")
@public
def country(code: str) -> ResponseReturnValue:
    """A country: its tally, counted and as claimed, its laureates and its stamps."""
    if not known(code):
        abort(404)
    discretion = queries.discretion()
    awards = queries.page_of(queries.awards_like(country=code), number=1, size=500)
    return page(
        "contest/winners/country.html",
        code=code,
        name=country_name(code),
        linked=head_of(linked.of_country(code)),
        tally=tallies.counted(code),
        claims=tallies.compared(code, discretion),
        awards=show_all(awards, discretion),
        listed=listing.listed(narrowed_to(country=code)),
        words=words,
        stamps_words=stamps_words,
    )


def _award_page(award: Award, form: ShowForm) -> ResponseReturnValue:
    if not form.is_submitted() and award.laureate:
        form.shown_as.data = award.laureate.shown_as.value
    return page("contest/winners/laureate.html", form=form, thing=award, **facts.of_award(award))


def _filters() -> Filters:
    given = request.args
    country, year = given.get("country", ""), given.get("year", "")
    understood: dict[str, Any] = {
        "country": country if known(country) else "",
        "prize": next((prize for prize in PrizeKind if prize == given.get("prize")), None),
        "level": next((level for level in AwardLevel if level == given.get("level")), None),
        "year": int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None,
    }
    number = min(max(given.get("page", 1, type=int), 1), 10_000)
    return Filters(**understood, page=number, left_out=left_out(given, understood))
