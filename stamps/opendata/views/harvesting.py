"""OAI-PMH 2.0 at `/oai`. Errors of the protocol are answers with status 200, as it demands."""

from xml.etree.ElementTree import Element

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from core import clock
from core.permissions import public
from stamps.opendata.oai import answers, records
from stamps.opendata.oai.protocol import Question, Verb, Wrong, number_of, read_question
from stamps.opendata.views import blueprint

NAME = "Tem Thư"


@blueprint.route("/oai", methods=["GET", "POST"])
@public
def oai() -> ResponseReturnValue:
    """One question of a harvester. POST means the same as GET and changes nothing."""
    given = request.form if request.method == "POST" else request.args
    pairs = [(name, value) for name in given for value in given.getlist(name)]
    now = clock.now()
    try:
        question = read_question(pairs)
        root = answers.answer(now, dict(pairs))
        _ANSWERS[question.verb](root, question)
    except Wrong as wrong:
        # A bad verb or argument is not repeated in the request element (section 3.2).
        repeated = {} if wrong.code in ("badVerb", "badArgument") else dict(pairs)
        root = answers.answer(now, repeated)
        answers.add_error(root, wrong)
    return Response(answers.as_text(root), mimetype="text/xml")


def _identify(root: Element, _question: Question) -> None:
    contact = current_app.config["CONTACT"] or answers.default_contact()
    answers.add_identity(root, name=NAME, contact=contact, earliest=records.earliest() or clock.now())


def _formats(root: Element, question: Question) -> None:
    if question.identifier:
        _one(question)
    answers.add_formats(root)


def _sets(root: Element, _question: Question) -> None:
    answers.add_sets(root, records.countries())


def _record(root: Element, question: Question) -> None:
    answers.add_record(root, _one(question))


def _list(root: Element, question: Question) -> None:
    batch = records.batch(question.harvest)
    if not batch.records and not question.resumed:
        raise Wrong("noRecordsMatch", "Nothing has changed then, or the set is empty.")
    answers.add_batch(root, question, batch)


def _one(question: Question) -> records.Record:
    found = records.one(number_of(question.identifier, answers.our_names()))
    if found is None:
        raise Wrong("idDoesNotExist", "No such record.")
    return found


_ANSWERS = {
    Verb.IDENTIFY: _identify,
    Verb.FORMATS: _formats,
    Verb.SETS: _sets,
    Verb.RECORD: _record,
    Verb.IDENTIFIERS: _list,
    Verb.RECORDS: _list,
}
