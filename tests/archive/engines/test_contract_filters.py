"""What every engine must do when narrowing, counting, sorting and correcting; and that both give the same answers."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from archive.engines.postgres import PostgresIndex
from archive.engines.whoosh import WhooshIndex
from archive.index import FURTHER_FACETS, SORTS, YEAR, Document, Index, Query
from tests.archive.documents import ALL, stamp

HORSE = stamp("horse", "Ngựa", year=2026, topics=("animals", "zodiac"), languages=("vi", "en"), picture="/horse.jpg")
CAT = stamp("cat", "Mèo", year=2023, country="FR", topics=("animals",), languages=("vi",), numbers=("VN 12",))
SHIP = stamp("ship", "Tàu", year=1999, topics=("ships",), numbers=("VN 9",), picture="/ship.jpg")


@pytest.fixture
def full(index: Index) -> Index:
    index.put([HORSE, CAT, SHIP])
    return index


def found(index: Index, query: Query) -> list[str]:
    return [hit.key for hit in index.search(query).hits]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        (Query(topic="animals"), ["horse", "cat"]),
        (Query(topic="animal"), []),
        (Query(topic="animals", country="FR"), ["cat"]),
        (Query(language="en"), ["horse"]),
        (Query(picture="yes"), ["horse", "ship"]),
        (Query(picture="yes", topic="ships", years=(1990, 1999)), ["ship"]),
        (Query(words=("meo",), picture="yes"), []),
    ],
)
def test_every_filter_narrows(full: Index, query: Query, keys: list[str]) -> None:
    assert found(full, query) == keys


@pytest.mark.parametrize(
    ("years", "keys"),
    [
        ((1999, 1999), ["ship"]),
        ((1989, 2023), ["cat", "ship"]),
        ((2000, 2025), ["cat"]),
        ((0, 9999), ["horse", "cat", "ship"]),
        ((-5, 10**9), ["horse", "cat", "ship"]),
        ((2023, 1999), []),
    ],
)
def test_years_are_a_range_with_both_ends(full: Index, years: tuple[int, int], keys: list[str]) -> None:
    assert found(full, Query(years=years)) == keys


def test_every_facet_counts_what_was_found(full: Index) -> None:
    assert full.search(Query(topic="animals")).facets == {
        "kind": {"stamp": 2},
        "country": {"VN": 1, "FR": 1},
        "decade": {"2020": 2},
        "prize": {},
        "topic": {"animals": 2, "zodiac": 1},
        "language": {"vi": 2, "en": 1},
        "picture": {"yes": 1},
    }


BLOCK = stamp(
    "block",
    "Bướm",
    year=2001,
    date="2001-07-16",
    items=("souvenir_sheet",),
    emissions=("topical",),
    processes=("offset", "recess"),
    makers=("nguyen-du", "printers-of-hanoi"),
    series="butterflies",
    value=13_000_000,
)
SINGLE = stamp(
    "single", "Bướm", year=2003, items=("stamp",), processes=("offset",), makers=("nguyen-du",), value=800_000
)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        (Query(item="souvenir_sheet"), ["block"]),
        (Query(emission="topical", process="recess"), ["block"]),
        (Query(maker="nguyen-du"), ["single", "block"]),
        (Query(maker="nguyen-du", process="recess"), ["block"]),
        (Query(series="butterflies", item="stamp"), []),
        (Query(maker="nguyen"), []),
        (Query(sort="value"), ["single", "block", "horse", "cat", "ship"]),
    ],
)
def test_what_is_collected_is_narrowed_by_how_it_was_made(full: Index, query: Query, keys: list[str]) -> None:
    full.put([BLOCK, SINGLE])
    assert found(full, query) == keys


def test_further_facets_are_counted_where_they_are_asked_for(full: Index) -> None:
    full.put([BLOCK, SINGLE])
    assert full.search(Query(country="VN", facets=(*FURTHER_FACETS, YEAR))).facets == {
        "item": {"souvenir_sheet": 1, "stamp": 1},
        "emission": {"topical": 1},
        "process": {"offset": 2, "recess": 1},
        "maker": {"nguyen-du": 2, "printers-of-hanoi": 1},
        "series": {"butterflies": 1},
        "year": {"1999": 1, "2001": 1, "2003": 1, "2026": 1},
    }


def test_counts_of_a_whole_kind_follow_what_is_taken_out(full: Index) -> None:
    full.put([BLOCK, SINGLE])
    before = full.search(Query(kind="stamp", facets=("item",))).facets
    full.remove(["stamp:block"])
    after = full.search(Query(kind="stamp", facets=("item",))).facets
    assert (before, after) == ({"item": {"souvenir_sheet": 1, "stamp": 1}}, {"item": {"stamp": 1}})


def test_only_the_facets_asked_for_are_counted(full: Index) -> None:
    assert full.search(Query(facets=("topic",))).facets == {"topic": {"animals": 2, "zodiac": 1, "ships": 1}}
    assert full.search(Query(facets=())).facets == {}


def test_values_that_come_later_are_counted_too(full: Index) -> None:
    full.search(Query())
    full.put([stamp("new", "Mới", country="JP", topics=("trees",))])
    assert full.search(Query(country="JP", facets=("country", "topic"))).facets == {
        "country": {"JP": 1},
        "topic": {"trees": 1},
    }


def test_without_a_limit_there_is_a_total_and_no_hit(full: Index) -> None:
    results = full.search(Query(limit=0))
    assert (results.hits, results.total) == ((), 3)


def test_numbers_sort_as_numbers_and_those_without_come_last(full: Index) -> None:
    assert found(full, Query(sort="number")) == ["ship", "cat", "horse"]


def test_values_that_mean_something_to_engines_are_values(index: Index) -> None:
    index.put([stamp("odd", "Odd", topics=("it's a \\ & | ! '",)), stamp("plain", "Plain", topics=("plain",))])
    assert found(index, Query(topic="it's a \\ & | ! '")) == ["odd"]


def test_a_word_and_those_a_letter_away_are_counted(index: Index) -> None:
    index.put([stamp("a", "horse house"), stamp("b", "horse"), stamp("c", "hose mouse")])
    assert index.spellings("horse") == {"horse": 2, "house": 1, "hose": 1}
    assert index.spellings("hrose") == {"horse": 2, "hose": 1}
    assert index.spellings("xyz") == {}


def test_words_of_three_letters_are_a_letter_away_too(index: Index) -> None:
    index.put([stamp("a", "Bưu chính Việt"), stamp("b", "thu")])
    assert index.spellings("byu") == {"buu": 1}
    assert index.spellings("bu") == {"buu": 1}
    assert index.spellings("vit") == {"viet": 1}
    assert index.spellings("thuu") == {"thu": 1}


def test_words_are_counted_anew_when_documents_change(index: Index) -> None:
    index.put([stamp("a", "horse house"), stamp("b", "horse")])
    index.put([stamp("a", "horse hose")])
    index.remove([stamp("b").id])
    assert index.spellings("horse") == {"horse": 1, "hose": 1}


def test_a_rebuild_counts_words_too(index: Index) -> None:
    index.rebuild([stamp("a", "horse horse"), stamp("b", "house")])
    assert index.spellings("horse") == {"horse": 1, "house": 1}


@pytest.mark.parametrize("word", ["", "a", "2910", "x" * 200, "\0", "'; DROP", "\ud800"])
def test_no_word_breaks_spelling(full: Index, word: str) -> None:
    assert full.spellings(word) == {}
    assert full.search(Query()).ready


def test_of_documents_given_twice_to_a_rebuild_the_first_is_kept(index: Index) -> None:
    index.rebuild([stamp("a", "First"), stamp("a", "Second")])
    assert (found(index, Query(words=("first",))), index.search(Query()).total) == (["a"], 1)


def _rebuilt(index: Index, documents: list[Document]) -> None:
    index.rebuild(documents)


def _put(index: Index, documents: list[Document]) -> None:
    index.clear()
    for at in range(0, len(documents), 100):
        index.put(documents[at : at + 100])


@pytest.mark.parametrize("fill", [_rebuilt, _put])
def test_engines_give_the_same_answers(
    fill: Callable[[Index, list[Document]], None], tmp_path: Path, postgres: Engine
) -> None:
    chance = random.Random(1874)
    documents = [*ALL, *(_made(number, chance) for number in range(400))]
    whoosh, postgres_index = WhooshIndex(tmp_path / "index"), PostgresIndex(postgres)
    for index in (whoosh, postgres_index):
        fill(index, documents)
        index.remove([documents[number].id for number in range(50, 60)])
    for _ in range(200):
        query = _asked(chance)
        assert (query, postgres_index.search(query)) == (query, whoosh.search(query))


WORDS = "thư thu viết vòng việt nam Việt Nam 2910 12 horse house sea nước non stamp writing"


def _some(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS.split(), k=chance.randint(1, most)))


def _made(number: int, chance: random.Random) -> Document:
    """A document whose date and number no other one has."""
    return Document(
        kind=chance.choice(("stamp", "laureate")),
        key=f"made{number}",
        url=f"/made/{number}",
        titles=(_some(chance, 3), _some(chance, 3)),
        texts=(_some(chance, 12), _some(chance, 4)),
        years=(1500 + number, 1900 + number % 100),
        date=f"{1500 + number}-01-02",
        country=chance.choice(("VN", "FR", "")),
        prize=chance.choice(("gold", "")),
        numbers=(f"VN {1000 + number}",),
        picture=chance.choice(("/a.jpg", "")),
        topics=tuple(chance.sample(("animals", "ships", "trees"), chance.randint(0, 3))),
        languages=tuple(chance.sample(("vi", "en", "fr"), chance.randint(0, 3))),
    )


def _asked(chance: random.Random) -> Query:
    """Any question, of few words or many conditions."""
    words = tuple(_some(chance, 3).split()) if chance.random() < 0.8 else ()
    phrases = (_some(chance, 3),) if chance.random() < 0.3 else ()
    query = Query(words=words, phrases=phrases, prefix=chance.random() < 0.3, sort=chance.choice(SORTS), limit=1000)
    filters = {"kind": "stamp", "country": "VN", "prize": "gold", "topic": "ships", "language": "vi", "picture": "yes"}
    chosen = {name: value for name, value in filters.items() if chance.random() < 0.15}
    years = (1500 + chance.randint(0, 300), 1700 + chance.randint(0, 400)) if chance.random() < 0.2 else None
    return replace(query, **chosen, years=years)  # type: ignore[arg-type]
