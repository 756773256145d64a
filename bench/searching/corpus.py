"""Made records for the bench of the search: titles in three languages, some thirty words of description, Zipf words.

Nothing here is of the record. The same seed gives the same records, in whatever number.
"""

import pickle
import random
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path

from archive.index import Document
from core.countries import country_names

SEED = 1874
WORDS_OF_A_LANGUAGE = 40_000
EXPONENT = 1.05
COUNTRIES = "VN FR CN JP US GB DE IN BR PL RU CH CU KR TH LA KH ID PH AU CA IT ES PT MX AR CL PE EG MA"
_COUNTRIES = COUNTRIES.split()
KINDS = ("stamp", "stamp", "stamp", "stamp", "stamp_issue", "laureate")
PRIZES = ("gold", "silver", "bronze", "special_mention")
TOPICS = tuple(f"topic_{number}" for number in range(60))

_ONSETS = {
    "vi": "b c ch d đ g gi h kh l m n ng nh ph qu s t th tr v x",
    "en": "b c d f g h j k l m n p r s t w st tr pl gr sh th br cl",
    "fr": "b c d f g h j l m n p qu r s t v bl cr dr fl gr pl tr",
}
_RIMES = {
    "vi": "a à á ả ã ạ ă ắ ằ ặ â ấ ầ ậ e è é ê ế ề ệ i í ì o ó ọ ô ố ồ ộ ơ ớ ờ ợ u ú ù ư ứ ừ ự anh ương iên uyên ông",
    "en": "a e i o u ea ou ai ight ound ing ar er or all ent ist ess ame ide",
    "fr": "a e é è ê i o u ou oi eau ain on an eur elle ique tion ette age",
}


def documents(count: int, *, seed: int = SEED) -> Iterator[Document]:
    """So many records."""
    chance = random.Random(seed)
    draw = {language: drawing(language, chance) for language in ("vi", "en", "fr")}
    for number in range(count):
        yield _document(number, chance, draw)


def kept(folder: Path, count: int) -> Iterator[Document]:
    """The same, made by the first who asks and left in a folder: making them takes longer than some engines do."""
    path = folder / f"records-{count}.pickle"
    if not path.exists():
        unfinished, rest = path.with_suffix(".part"), documents(count)
        with unfinished.open("wb") as out:
            while some := list(islice(rest, 1000)):
                pickle.dump(some, out)
        unfinished.replace(path)
    with path.open("rb") as given:
        for _ in range(0, count, 1000):
            yield from pickle.load(given)


def drawing(language: str, chance: random.Random) -> Callable[[int], list[str]]:
    """A way to draw words of a language: a few very often, most very seldom."""
    onsets, rimes = _ONSETS[language].split(), _RIMES[language].split()
    words: dict[str, None] = {}
    while len(words) < WORDS_OF_A_LANGUAGE:
        syllables = chance.choices((1, 2, 3, 4), (1, 4, 4, 2))[0]
        words["".join(chance.choice(onsets) + chance.choice(rimes) for _ in range(syllables))] = None
    vocabulary = list(words)
    weights = list(accumulate((rank + 2) ** -EXPONENT for rank in range(len(vocabulary))))
    return lambda count: chance.choices(vocabulary, cum_weights=weights, k=count)


def _document(number: int, chance: random.Random, draw: dict[str, Callable[[int], list[str]]]) -> Document:
    year = 2026 - min(int(chance.expovariate(1 / 40)), 186)
    country = _COUNTRIES[min(int(chance.expovariate(1 / 6)), len(_COUNTRIES) - 1)]
    titles = tuple(" ".join(draw[language](chance.randint(2, 4))) for language in draw)
    body = " ".join(word for language in draw for word in draw[language](10))
    topics = tuple(dict.fromkeys(TOPICS[min(int(chance.expovariate(1 / 12)), 59)] for _ in range(chance.randint(1, 3))))
    value = chance.choice((400, 800, 1000, 4000, 12000))
    return Document(
        kind=chance.choice(KINDS),
        key=f"made-{number}",
        url=f"/stamps/made-{number}",
        titles=titles,
        summary=f"{year} · {value} đ",
        texts=(f"{chance.randint(20, 60)} x {chance.randint(20, 60)} mm",),
        years=(year,),
        country=country,
        country_names=country_names(country)[:2],
        prize=chance.choice(PRIZES) if chance.random() < 0.15 else "",
        themes=topics,
        numbers=(f"{country} {number % 20_000 + 1}", f"Mi:{country} {number % 17_000 + 3}"),
        picture=f"/pictures/{number}.jpg" if chance.random() < 0.7 else "",
        date=f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        topics=topics,
        languages=("vi", "en", "fr")[: chance.randint(1, 3)],
        body=body,
    )
