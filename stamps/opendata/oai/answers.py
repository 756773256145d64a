"""Answers of the protocol as XML, and a record as Dublin Core. Reads what it is given, decides nothing."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml
from xml.etree.ElementTree import Element

from flask import current_app, request, url_for

from core.countries import country_name
from stamps.models import Stamp, StampIssue
from stamps.opendata.oai.protocol import GRANULARITY, PREFIX, Question, Verb, Wrong, stamp_of
from stamps.opendata.oai.records import Batch, Record
from stamps.opendata.said import address_of, names_said
from stamps.words import credits_of, own_or_issues

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# Prefixes are written out: ElementTree keeps one registry of them for the whole program.
LANGUAGE = "xml:lang"
RIGHTS = "Facts belong to nobody; the selection and wording are under the MIT licence. Please name the sources and this site."
# Characters that XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(now: datetime, given: dict[str, str]) -> Element:
    """The envelope of every answer, with the request repeated."""
    named = {"xmlns": OAI, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd"}
    root = Element("OAI-PMH", named)
    _child(root, "responseDate", stamp_of(now))
    asked = _child(root, "request", url_for("opendata.oai", _external=True))
    asked.attrib.update({name: _clean(value) for name, value in given.items()})
    return root


def add_error(root: Element, wrong: Wrong) -> None:
    """An error of the protocol."""
    _child(root, "error", str(wrong)).set("code", wrong.code)


def add_identity(root: Element, *, name: str, contact: str, earliest: datetime) -> None:
    """Who we are."""
    said = _child(root, "Identify")
    told = (
        ("repositoryName", name),
        ("baseURL", url_for("opendata.oai", _external=True)),
        ("protocolVersion", "2.0"),
        ("adminEmail", contact),
        ("earliestDatestamp", stamp_of(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", GRANULARITY),
    )
    for element, text in told:
        _child(said, element, text)


def add_formats(root: Element) -> None:
    """Dublin Core, and nothing else."""
    said = _child(_child(root, "ListMetadataFormats"), "metadataFormat")
    _child(said, "metadataPrefix", PREFIX)
    _child(said, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    _child(said, "metadataNamespace", OAI_DC)


def add_sets(root: Element, countries: Iterable[str]) -> None:
    """Issues, items, and each of them by country."""
    names = {"issues": "Issues", "items": "Stamps, sheets and covers"}
    said = _child(root, "ListSets")
    listed = [*names.items()]
    listed += [
        (f"{kind}:{code}", f"{name}: {country_name(code, 'en')}") for code in countries for kind, name in names.items()
    ]
    for spec, name in listed:
        set_ = _child(said, "set")
        _child(set_, "setSpec", spec)
        _child(set_, "setName", name)


def add_record(root: Element, record: Record) -> None:
    """One record."""
    _add_record(_child(root, "GetRecord"), record)


def add_batch(root: Element, question: Question, batch: Batch) -> None:
    """Records or their headers, and how to go on."""
    said = _child(root, question.verb.value)
    for record in batch.records:
        if question.verb is Verb.RECORDS:
            _add_record(said, record)
        else:
            _add_header(said, record)
    if batch.rest or question.resumed:
        token = _child(said, "resumptionToken", batch.rest.token() if batch.rest else "")
        token.set("completeListSize", str(batch.total))
        token.set("cursor", str(question.harvest.given))


def as_text(root: Element) -> bytes:
    """The document."""
    text: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def identifier_of(number: int) -> str:
    """The identifier of a record: our permanent number under the first of our names."""
    return f"oai:{our_names()[0]}:{number}"


def our_names() -> tuple[str, ...]:
    """What records are called by: the repository's fixed name, if it has one, then the host they are asked at."""
    host = (urlsplit(f"//{request.host}").hostname or "localhost").replace(":", "-")
    return tuple(dict.fromkeys(filter(None, (current_app.config["REPOSITORY"].lower(), host))))


def default_contact() -> str:
    """An address by the protocol's pattern, which wants a dot in the host; one that reaches nobody where we have no such host."""
    host = our_names()[0]
    return f"postmaster@{host}" if "." in host else f"postmaster@{host}.invalid"


def _add_record(above: Element, record: Record) -> None:
    said = _child(above, "record")
    _add_header(said, record)
    if record.thing is not None:
        _add_dublin_core(_child(said, "metadata"), record, record.thing)


def _add_header(above: Element, record: Record) -> None:
    header = _child(above, "header")
    if record.thing is None:
        header.set("status", "deleted")
    _child(header, "identifier", identifier_of(record.number))
    _child(header, "datestamp", stamp_of(record.changed_at))
    for spec in record.sets:
        _child(header, "setSpec", spec)


def _add_dublin_core(above: Element, record: Record, thing: StampIssue | Stamp) -> None:
    spaces = {"xmlns:oai_dc": OAI_DC, "xmlns:dc": DC, "xsi:schemaLocation": f"{OAI_DC} {OAI}oai_dc.xsd"}
    root = Xml.SubElement(above, "oai_dc:dc", spaces)
    named = thing if names_said(thing) or isinstance(thing, StampIssue) else thing.issue
    for code, name in names_said(named).items():
        element = _term(root, "title", name)
        if code != "und":
            element.set(LANGUAGE, code)
    for name, text in _terms(thing):
        _term(root, name, text)
    for text in record.sources:
        _term(root, "source", text)
    _term(root, "rights", RIGHTS)


def _terms(thing: StampIssue | Stamp) -> Iterable[tuple[str, str]]:
    issue = thing.issue if isinstance(thing, Stamp) else thing
    topics = {topic.name_en: None for topic in (*issue.topics, *(thing.topics if isinstance(thing, Stamp) else ()))}
    makers = credits_of(thing) if isinstance(thing, Stamp) else thing.credits
    told: list[tuple[str, str]] = [
        *(("creator", each.maker.name) for each in makers if each.part.value != "printer"),
        *(("contributor", each.maker.name) for each in makers if each.part.value == "printer"),
        *(("subject", name) for name in topics),
        ("description", thing.note),
        ("publisher", issue.issuer),
        ("date", own_or_issues(thing, "date") if isinstance(thing, Stamp) else thing.date),
        ("type", "PhysicalObject" if isinstance(thing, Stamp) else "Collection"),
        ("format", thing.kind.value.replace("_", " ") if isinstance(thing, Stamp) else "stamp issue"),
        ("identifier", address_of(thing)),
        *(("identifier", row.normal) for row in thing.numbers),
        ("coverage", country_name(issue.country, "en") if issue.country else ""),
    ]
    if isinstance(thing, Stamp):
        told.append(("relation", address_of(issue)))
    return [(name, text) for name, text in told if text]


def _child(above: Element, name: str, text: str = "") -> Element:
    element = Xml.SubElement(above, name)
    if text:
        element.text = _clean(text)
    return element


def _term(above: Element, name: str, text: str) -> Element:
    element = Xml.SubElement(above, f"dc:{name}")
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
