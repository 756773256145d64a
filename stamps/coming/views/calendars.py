"""The calendar of issues to come: as a list, by month, as a feed, as an iCalendar."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.countries import by_name, country_name, known
from core.db import transaction
from core.localtime import from_local, local_day
from core.pages import in_language, left_out, page, refusals
from core.permissions import asks, public
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.coming import feeds, queries, rules, services, words
from stamps.coming.forms import AnnouncementForm
from stamps.coming.queries import Coming
from stamps.coming.rules import AHEAD, LATELY, Certainty, in_span, span_of
from stamps.coming.views.blueprint import blueprint
from stamps.models import StampIssue


@dataclass(frozen=True)
class Filters:
    """What the calendar is narrowed to; what cannot be understood narrows nothing, and is said to be left out."""

    country: str
    topic: str
    left_out: tuple[str, ...] = ()

    def arguments(self) -> dict[str, str]:
        """For addresses of the same calendar."""
        given = {"country": self.country, "topic": self.topic}
        return {name: value for name, value in given.items() if value}


@blueprint.get("/new-issues")
@public
def calendar() -> ResponseReturnValue:
    """Issues to come and lately out."""
    filters, today = _filters(), local_day(clock.now())
    found = _found(filters, today)
    return page(
        "stamps/coming/calendar.html",
        to_come=[each for each in found if _is_to_come(each, today)],
        lately=[each for each in reversed(found) if not _is_to_come(each, today)],
        **_context(filters, today),
    )


@blueprint.get("/new-issues/<int:year>/<int:month>")
@public
def month(year: int, month: int) -> ResponseReturnValue:
    """One month as a sheet of a calendar."""
    if not (1840 <= year <= 9000 and 1 <= month <= 12):
        abort(404)
    filters, today = _filters(), local_day(clock.now())
    weeks = rules.weeks_of(year, month)
    first = date(year, month, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    found = queries.coming(first, after, country=filters.country, topic=filters.topic)
    on_days = {
        day: [
            each
            for each in found
            if len(each.issue.date) == 10 and in_span([span_of(each.issue.date)], day, day + timedelta(1))
        ]
        for week in weeks
        for day in week
    }
    return page(
        "stamps/coming/month.html",
        first=first,
        weeks=weeks,
        on_days=on_days,
        without_day=[each for each in found if len(each.issue.date) == 7],
        before=first - timedelta(days=1),
        after=after,
        **_context(filters, today),
    )


@blueprint.get("/new-issues.ics")
@public
def ics() -> ResponseReturnValue:
    """The calendar for programs that keep calendars."""
    filters = _filters()
    found = _found(filters, local_day(clock.now()))
    with _language():
        text = feeds.icalendar(found, title=_title(filters), address=_address, host=_host())
    answer = Response(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="new-issues.ics"'
    return _kept(answer, found)


@blueprint.get("/new-issues.atom")
@public
def atom() -> ResponseReturnValue:
    """The calendar for programs that read feeds."""
    filters = _filters()
    found = _found(filters, local_day(clock.now()))
    with _language():
        text = feeds.atom(
            found,
            title=_title(filters),
            address=_address,
            own=request.url,
            page=url_for("coming.calendar", _external=True, **filters.arguments()),
            host=_host(),
        )
    return _kept(Response(text, content_type="application/atom+xml; charset=utf-8"), found)


@blueprint.route("/curating/issues/<key:key>/announcement", methods=["GET", "POST"])
@asks("announcement.edit", of=stamps.issue)
def announce(issue: StampIssue) -> ResponseReturnValue:
    """How sure an issue is, and a word on it."""
    key, row = issue.key, queries.announcement(issue)
    form = AnnouncementForm(
        data={"certainty": row.certainty.value if row else Certainty.ANNOUNCED.value, "note": row.note if row else ""}
    )
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.announce(
                    issue=stamps.issue(key) or abort(404),
                    certainty=Certainty(form.certainty.data),
                    note=form.note.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            return redirect(url_for("stamps.issue", key=key))
    return page("stamps/coming/announcement.html", form=form, issue=stamps.issue(key), stamps_words=stamps_words)


def _found(filters: Filters, today: date) -> list[Coming]:
    return queries.coming(today - LATELY, today + AHEAD, country=filters.country, topic=filters.topic)


def _kept(answer: Response, found: list[Coming]) -> Response:
    """What has not changed is not sent again; each day issues leave the calendar and others come into it."""
    begun = from_local(datetime.combine(local_day(clock.now()), time.min))
    answer.last_modified = max([begun, *(coming.changed_at for coming in found)])
    answer.vary.update(("Accept-Language", "Cookie"))
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _is_to_come(coming: Coming, today: date) -> bool:
    """Also an issue of this month or year whose day is not known."""
    span = span_of(coming.issue.date)
    return span is not None and span.after > today


def _filters() -> Filters:
    country, topic = request.args.get("country", ""), request.args.get("topic", "")
    found = stamps.topic(topic) if topic.isprintable() else None
    understood = {"country": country if known(country) else "", "topic": found.key if found else ""}
    return Filters(**understood, left_out=left_out(request.args, understood))


def _context(filters: Filters, today: date) -> dict[str, Any]:
    own = filters.arguments()
    return {
        "filters": filters,
        "today": today,
        "countries": by_name(stamps.countries()),
        "topics": [(each.key, in_language(each, "name")) for each in stamps.topics()],
        "words": words,
        "stamps_words": stamps_words,
        "ics_url": url_for("coming.ics", _external=True, language=str(get_locale()), **own),
        "atom_url": url_for("coming.atom", _external=True, language=str(get_locale()), **own),
    }


def _language() -> AbstractContextManager[None]:
    """A program that fetches has no cookie; the address says the language, and stays the same."""
    wanted = request.args.get("language", "")
    return force_locale(wanted) if wanted in ("vi", "en", "fr") else nullcontext()


def _title(filters: Filters) -> str:
    topic = stamps.topic(filters.topic) if filters.topic else None
    narrowed = filter(
        None, (country_name(filters.country) if filters.country else "", in_language(topic, "name") if topic else "")
    )
    return " · ".join((_("New stamps"), *narrowed))


def _address(coming: Coming) -> str:
    return url_for("stamps.issue", key=coming.issue.key, _external=True)


def _host() -> str:
    return request.host.partition(":")[0]
