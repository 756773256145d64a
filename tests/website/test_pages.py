"""Every page a person can click to, in each role, is whole: it answers, is valid, has a title and one heading."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from tests import year

# A year has a few hundred awards; two of each kind of page are enough.
MOST_OF_A_KIND = 2
TOKEN = re.compile(rb'(name="csrf_token" value|name="csrf-token" content)="[^"]*"')
_read: dict[bytes, tuple[list[str], set[str]]] = {}
ROLES = ("visitor", "student", "judge", "organiser", "curator", "clerk")


def kind_of(path: str, routes: MapAdapter) -> str:
    """Pages of one view are alike, whatever number or key they have; what is no view's is its own kind."""
    try:
        return str(routes.match(urlsplit(path).path)[0])
    except (HTTPException, RequestRedirect):
        return urlsplit(path).path


def links_of(links: set[str], path: str) -> Iterator[str]:
    """Addresses of this site that a page links to."""
    for link in links:
        target = urljoin(path, link.split("#")[0])
        if target.startswith("/") and not target.startswith("/static"):
            yield target


def read(text: str) -> tuple[list[str], set[str]]:
    """What is wrong with a page, in words, and what it links to; the same page, but for tokens, is read once."""
    told = TOKEN.sub(rb'\1=""', text.encode())
    mark = hashlib.sha256(told).digest()
    if mark not in _read:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(told.decode())
        _read[mark] = faults_of(tree, parser.errors, text), {link.get("href", "") for link in tree.iter("a")}
    return _read[mark]


def faults_of(tree: Element, errors: list[Any], text: str) -> list[str]:
    """What is wrong with a page, in words."""
    faults = [f"{position}: {name} {values}" for position, name, values in errors]
    ids = Counter(element.get("id") for element in tree.iter() if isinstance(element.tag, str) and element.get("id"))
    faults += [f"id {name} {count} times" for name, count in ids.items() if count > 1]
    if len(list(tree.iter("h1"))) != 1:
        faults.append("not exactly one h1")
    if not "".join(tree.find("head").find("title").itertext()).strip():
        faults.append("no title")
    if ">None<" in text:
        faults.append("None is shown")
    return faults


def walk(browser: FlaskClient, language: str, routes: MapAdapter) -> dict[str, list[str]]:
    """Follow links from the home page; faults by address."""
    waiting, seen, kinds, faults = ["/"], {"/"}, Counter[str](), {}
    while waiting:
        path = waiting.pop()
        kind = kind_of(path, routes)
        kinds[kind] += 1
        if kinds[kind] > MOST_OF_A_KIND:
            continue
        answer = browser.get(path, headers={"Accept-Language": language}, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        found, links = read(answer.text)
        if answer.status_code != 200:
            found = [f"status {answer.status_code}"]
        if found:
            faults[path] = found
        new = set(links_of(links, path)) - seen
        seen |= new
        waiting += sorted(new)
    assert sum(kinds.values()) > 10
    return faults


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_every_page_one_can_click_to_is_whole(
    language: str, app: Flask, client: FlaskClient, as_: Callable[..., FlaskClient]
) -> None:
    cast = year.in_progress()
    browsers = {"visitor": client} | {role: as_(person) for role, person in cast.items()}
    routes = app.url_map.bind("localhost")
    faults = {role: walk(browser, language, routes) for role, browser in browsers.items()}
    assert faults == {role: {} for role in ROLES}
