"""Own stamps on paper: checklist, list of wants, album pages; album pages of an issue."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from core.countries import by_name
from core.errors import Refused
from core.pages import page, refusals
from core.permissions import asks
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.collections import queries as collections
from stamps.exchange import queries as exchanged
from stamps.exchange import words
from stamps.exchange.forms import AlbumForm, PaperForm
from stamps.exchange.printing import papers
from stamps.exchange.printing.items import Chosen, Item, items_of, items_of_issue
from stamps.exchange.printing.mounts import Paper
from stamps.exchange.rules import Meaning
from stamps.exchange.views import blueprint
from stamps.models import StampIssue

KINDS = ("checklist", "wants", "album")
USUAL = {"margin": 15, "binding": 10, "border": 2, "gap": 6}


@blueprint.route("/my-stamps/paper/<what>", methods=["GET", "POST"])
@asks("exchange.own")
def paper(what: str) -> ResponseReturnValue:
    """Choose what is printed; the answer is a PDF."""
    if what not in KINDS:
        abort(404)
    issue = (
        stamps.issue(request.args["issue"])
        if request.args.get("issue", "").isascii() and "issue" in request.args
        else None
    )
    usual = {"of": "want" if what == "wants" else "have", "title": _title(what, issue), **USUAL}
    form = AlbumForm(data=usual) if what == "album" else PaperForm(data=usual)
    form.of.choices, form.country.choices = _which(), [SelectChoice("", _("all")), *_countries()]
    if form.validate_on_submit():
        with refusals(form):
            return _pdf(what, form, _chosen(form, issue), form.title.data or _title(what, issue))
    return page(
        "stamps/exchange/paper.html",
        form=form,
        what=what,
        issue=issue,
        unknown=exchanged.count(exchanged.proposals_of(current_user.id)),
        issue_name=stamps_words.name_of(issue) if issue else "",
    )


def _chosen(form: PaperForm, issue: StampIssue | None) -> list[Item]:
    if issue is not None:
        return items_of_issue([stamp.id for stamp in issue.stamps])
    chosen = Chosen(form.of.data, form.country.data or "", form.first.data, form.last.data)
    items = items_of(current_user.id, chosen)
    if not items:
        raise Refused("There is no such stamp among yours.", field="of")
    return items


def _pdf(what: str, form: PaperForm, items: list[Item], title: str) -> Response:
    if what == "album":
        width, height = papers.SIZES[form.paper.data]
        sides = {name: float(form[name].data) for name in USUAL}
        made = papers.album(items, title=title, paper=Paper(width, height, **sides))
    else:
        made = (papers.checklist if what == "checklist" else papers.wants)(items, title=title, paper=form.paper.data)
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="tem-thu-{what}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _which() -> list[SelectChoice]:
    known = [("have", Meaning.HAVE), ("want", Meaning.WANT), ("swap", Meaning.SWAP)]
    lists = [SelectChoice(list_.name, list_.name) for list_ in collections.lists_of(current_user.id)]
    return [*(SelectChoice(value, words.meaning(meaning)) for value, meaning in known), *lists]


def _countries() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in by_name(stamps.countries())]


def _title(what: str, issue: StampIssue | None) -> str:
    if issue is not None:
        return stamps_words.name_of(issue)
    return str({"checklist": _("My stamps"), "wants": _("Stamps I look for"), "album": _("My album")}[what])
