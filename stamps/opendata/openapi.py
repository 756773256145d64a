"""The description of the API as OpenAPI 3.1: addresses, parameters, and the shape of every answer. Pure.

A test holds real answers to these shapes, so that neither can change without the other.
"""

from collections.abc import Iterable
from typing import Any

from archive.index import FACETS, FURTHER_FACETS
from stamps.kinds import Difference, Emission, Part, PerforationKind, Process, Shape, StampKind, ValueKind, View
from stamps.opendata.parameters import PARAMETERS, TEXT, WALKED, Shape_, one_of

ADDRESS: Shape_ = {"type": "string", "format": "uri"}
PARTIAL_DATE: Shape_ = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
SAID: Shape_ = {"type": ["string", "null"]}
WHOLE: Shape_ = {"type": ["integer", "null"]}
ALL_FACETS = (*FACETS, *FURTHER_FACETS)
COUNTS: Shape_ = {"type": "object", "additionalProperties": {"type": "integer"}}


def description(server: str) -> dict[str, Any]:
    """The whole document, for the site at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tem Thư: catalogue of stamps",
            "version": "1",
            "summary": "Issues, stamps, sheets and covers, with numbers of every catalogue and the source of every fact.",
            "description": "Read only, without a key. What is not known is null. Please name the sources and the site.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "parameters": {name: _parameter(name, *told) for name, told in PARAMETERS.items()},
            "responses": {
                "NotModified": {"description": "What the tag or date of the request names has not changed."},
                "Problem": _answer("What is wrong with the request (RFC 9457).", "Problem", "application/problem+json"),
            },
        },
    }


def _paths() -> dict[str, Any]:
    return {
        "/api/v1/issues": _get("issues", "Issues, a part at a time", "IssuePage", _of_list()),
        "/api/v1/issues/{key}": _get("issue", "One issue", "Issue", [_key()], missing=True),
        "/api/v1/issues/{key}.jsonld": _linked("issueLinked", "One issue as linked data (schema.org)"),
        "/api/v1/stamps": _get("stamps", "Stamps, sheets and covers, a part at a time", "StampPage", _of_list()),
        "/api/v1/stamps/{key}": _get("stamp", "One stamp, sheet or cover", "Stamp", [_key()], missing=True),
        "/api/v1/stamps/{key}.jsonld": _linked("stampLinked", "One stamp as linked data (schema.org)"),
        "/api/v1/topics": _get("topics", "The tree of topics", "Topics", []),
        "/api/v1/makers": _get("makers", "Designers, engravers, printers", "Makers", []),
        "/api/v1/catalogues": _get("catalogues", "Catalogues whose numbers are carried", "Catalogues", []),
        "/api/v1/search": _get("search", "The search over everything", "SearchPage", [_kind(), *_filters()]),
    }


def _get(name: str, summary: str, schema: str, parameters: list[Shape_], *, missing: bool = False) -> Shape_:
    answers = {"200": _answer(summary, schema), "304": {"$ref": "#/components/responses/NotModified"}}
    for status in ("404",) if missing else ("400", "422", "503") if parameters else ():
        answers[status] = {"$ref": "#/components/responses/Problem"}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}}


def _linked(name: str, summary: str) -> Shape_:
    answers = {
        "200": {"description": summary, "content": {"application/ld+json": {"schema": {"type": "object"}}}},
        "304": {"$ref": "#/components/responses/NotModified"},
        "404": {"$ref": "#/components/responses/Problem"},
    }
    return {"get": {"operationId": name, "summary": summary, "parameters": [_key()], "responses": answers}}


def _answer(summary: str, schema: str, mimetype: str = "application/json") -> Shape_:
    content = {mimetype: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": summary, "content": content}


def _parameter(name: str, meaning: str, schema: Shape_) -> Shape_:
    return {"name": name, "in": "query", "description": meaning, "schema": schema}


def _filters() -> list[Shape_]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in PARAMETERS]


def _of_list() -> list[Shape_]:
    return [*_filters(), _parameter("after", WALKED, {"type": "string", "pattern": r"^\d{1,18}$"})]


def _key() -> Shape_:
    schema = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$"}
    return {"name": "key", "in": "path", "required": True, "schema": schema}


def _kind() -> Shape_:
    return _parameter("kind", "Kind of thing: stamp, stamp_issue, laureate, edition.", TEXT)


def _schemas() -> dict[str, Shape_]:
    return {
        "Issue": _object(_issue()),
        "Stamp": _object(_stamp()),
        "IssuePage": _page("Issue"),
        "StampPage": _page("Stamp"),
        "SearchPage": _search_page(),
        "Topics": _object({"topics": _list(_object(_topic())), "notice": TEXT}),
        "Makers": _object({"makers": _list(_object(_maker())), "notice": TEXT}),
        "Catalogues": _object(
            {"catalogues": _list(_object({"key": TEXT, "name": SAID, "country": SAID})), "notice": TEXT}
        ),
        "Names": {"type": "object", "description": "Names by language.", "additionalProperties": TEXT},
        "Number": _object({"catalogue": TEXT, "number": TEXT, "printed": TEXT}),
        "Credit": _object({"part": one_of(Part), "key": TEXT, "name": TEXT}),
        "Size": _object({"width": {"type": "number"}, "height": {"type": "number"}}),
        "Named": _object({"key": TEXT, "names": _ref("Names")}),
        "Picture": _object(_picture()),
        "Problem": {
            "type": "object",
            "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
            "required": ["type", "title", "status"],
        },
    }


def _issue() -> dict[str, Shape_]:
    return {
        **_common("stamp_issue"),
        "issuer": SAID,
        "date": PARTIAL_DATE,
        "date_as_printed": SAID,
        "not_understood": _list(TEXT),
        "sales_end": PARTIAL_DATE,
        "validity_end": PARTIAL_DATE,
        "series": _perhaps("Named"),
        "joint_issue": _perhaps("Named"),
        "face_values": _list(TEXT),
        "currency": SAID,
        "stamps_count": WHOLE,
        "sheets_count": WHOLE,
        "perforation": SAID,
        "printing": SAID,
        "print_run": SAID,
        "items": _list(ADDRESS),
    }


def _stamp() -> dict[str, Shape_]:
    said = ("position", "date_as_printed", "variety", "printing", "paper", "watermark", "gum", "colours", "print_run")
    value = {"printed": TEXT, "kind": _perhaps_one_of(ValueKind), "amount": SAID, "surcharge": SAID, "currency": SAID}
    holes = {"printed": TEXT, "kind": _perhaps_one_of(PerforationKind), "across": SAID, "down": SAID}
    return {
        **_common("stamp"),
        **dict.fromkeys(said, SAID),
        **dict.fromkeys(("date", "sales_end", "validity_end"), PARTIAL_DATE),
        "not_understood": _list(TEXT),
        "item_kind": one_of(StampKind),
        "issue": ADDRESS,
        "issue_names": _ref("Names"),
        "purpose": _perhaps_one_of(Emission),
        "variety_of": {"type": ["string", "null"], "format": "uri"},
        "difference": _perhaps_one_of(Difference),
        "overprint_on": {"type": ["string", "null"], "format": "uri"},
        "contains": _list(_object({"item": ADDRESS, "times": {"type": "integer", "minimum": 1}})),
        "face_value": {"oneOf": [_object(value), {"type": "null"}]},
        "shape": _perhaps_one_of(Shape),
        "perforation": {"oneOf": [_object(holes), {"type": "null"}]},
        "printing_methods": _list(one_of(Process)),
    }


def _common(kind: str) -> dict[str, Shape_]:
    return {
        "kind": {"const": kind},
        "key": TEXT,
        "permanent_number": WHOLE,
        "url": ADDRESS,
        "names": _ref("Names"),
        "country": SAID,
        "numbers": _list(_ref("Number")),
        "size_mm": _perhaps("Size"),
        "makers": _list(_ref("Credit")),
        "topics": _list(TEXT),
        "confidence": {"type": "string", "enum": ["high", "medium", "low", "unknown"]},
        "note": SAID,
        "pictures": _list(_ref("Picture")),
        "changed_at": {"type": "string", "format": "date-time"},
    }


def _picture() -> dict[str, Shape_]:
    return {
        "iiif": ADDRESS,
        "view": one_of(View),
        "width": {"type": "integer"},
        "height": {"type": "integer"},
        "licence": TEXT,
        "author": SAID,
        "source": TEXT,
    }


def _topic() -> dict[str, Shape_]:
    return {"key": TEXT, "parent": SAID, "names": _ref("Names")}


def _maker() -> dict[str, Shape_]:
    return {"key": TEXT, "name": TEXT, "kind": {"enum": ["person", "firm"]}, "country": SAID}


def _page(schema: str) -> Shape_:
    links = {name: {"type": ["string", "null"], "format": "uri"} for name in ("self", "previous", "next", "first")}
    return _object(
        {
            "total": {"type": "integer"},
            "page": WHOLE,
            "pages": WHOLE,
            "items": _list(_ref(schema)),
            "facets": {"oneOf": [_facets(name for name in ALL_FACETS if name != "kind"), {"type": "null"}]},
            "links": _object(links),
            "notice": TEXT,
        }
    )


def _search_page() -> Shape_:
    hit = dict.fromkeys(("summary", "country", "number", "picture"), SAID) | {"year": WHOLE, "titles": _list(TEXT)}
    hit |= {"kind": TEXT, "key": TEXT, "title": TEXT, "url": ADDRESS}
    links = {name: {"type": ["string", "null"], "format": "uri"} for name in ("self", "previous", "next", "page")}
    return _object(
        {
            "total": {"type": "integer"},
            "page": {"type": "integer"},
            "pages": {"type": "integer"},
            "corrected": SAID,
            "hits": _list(_object(hit)),
            "facets": _facets(ALL_FACETS),
            "links": _object(links),
            "notice": TEXT,
        }
    )


def _facets(names: Iterable[str]) -> Shape_:
    """How many of the found hold each value; further facets are counted for kinds that have them."""
    return {"type": "object", "properties": dict.fromkeys(names, COUNTS), "additionalProperties": False}


def _object(properties: dict[str, Shape_]) -> Shape_:
    """Everything is always there; what is not known is null."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: Shape_) -> Shape_:
    return {"type": "array", "items": of}


def _ref(name: str) -> Shape_:
    return {"$ref": f"#/components/schemas/{name}"}


def _perhaps(name: str) -> Shape_:
    return {"oneOf": [_ref(name), {"type": "null"}]}


def _perhaps_one_of(kind: Any) -> Shape_:
    return {"type": ["string", "null"], "enum": [*(member.value for member in kind), None]}
