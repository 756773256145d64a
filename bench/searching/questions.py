"""What is asked in the bench: two hundred questions of each kind, drawn from the records themselves."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from archive.index import FACETS, Document, Query
from archive.text import words

A_KIND = 200
PLAIN = Query(facets=())


def questions(documents: Iterable[Document], *, seed: int = 7) -> dict[str, list[Query]]:
    """Questions by the name of their column. A word is drawn as often as it is written."""
    chance = random.Random(seed)
    drawn = chance.sample(list(documents), A_KIND)
    return {name: [ask(document, chance) for document in drawn] for name, ask in COLUMNS.items()}


def _bodies(document: Document) -> list[str]:
    return list(words(document.body))


def _one(document: Document, chance: random.Random) -> Query:
    return replace(PLAIN, words=(chance.choice(_bodies(document)),))


def _two(document: Document, chance: random.Random) -> Query:
    return replace(PLAIN, words=tuple(chance.sample(_bodies(document), 2)))


def _phrase(document: Document, chance: random.Random) -> Query:
    written = _bodies(document)
    at = chance.choice([at for at in range(len(written) - 1) if at not in (9, 19)])
    return replace(PLAIN, phrases=(" ".join(written[at : at + 2]),))


def _prefix(document: Document, chance: random.Random) -> Query:
    word = chance.choice([word for word in _bodies(document) if len(word) > 3] or ["than"])
    return replace(PLAIN, words=(word[:4],), prefix=True)


def _typo(document: Document, chance: random.Random) -> Query:
    word = chance.choice([word for word in _bodies(document) if len(word) > 4] or ["thanh"])
    at = chance.randrange(1, len(word))
    return replace(PLAIN, words=(word[:at] + "z" + word[at + 1 :],))


def _faceted(document: Document, chance: random.Random) -> Query:
    return replace(_one(document, chance), facets=FACETS)


def _deep(document: Document, chance: random.Random) -> Query:
    return replace(_one(document, chance), offset=1000)


def _sorted(document: Document, chance: random.Random) -> Query:
    return replace(_one(document, chance), country=document.country, sort="newest")


COLUMNS: dict[str, Callable[[Document, random.Random], Query]] = {
    "one word": _one,
    "two words": _two,
    "phrase": _phrase,
    "prefix": _prefix,
    "typo": _typo,
    "faceted": _faceted,
    "deep page": _deep,
    "filter+sort": _sorted,
}
