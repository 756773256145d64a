"""However an index came about, by single changes or at once, it answers alike."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.engines.whoosh import WhooshIndex
from archive.index import SORTS, Document, Query, Results
from archive.query import parse
from tests.archive.documents import stamp

WORDS = ("sea", "world cup", "việt thư", "viet thu", "cup world", "letter")
ASKED = ("", "sea", "viet thu", "việt", '"world cup"', "l*", "country:FR", "1990..1994 cup", "12")

keys = st.integers(0, 11)
changes = st.lists(
    st.one_of(
        st.lists(st.tuples(keys, st.sampled_from(WORDS), st.sampled_from(("VN", "FR"))), min_size=1, max_size=4),
        st.sets(keys, min_size=1, max_size=4),
    ),
    max_size=24,
)


def made(key: int, words: str, country: str) -> Document:
    # A date of its own for each, so that no two are equal in any order.
    more = {
        "numbers": (f"{country} {key + 1}",),
        "topics": (words[:1],),
        "date": f"1990-01-{key + 1:02}",
        "value": key + 1,
    }
    return stamp(str(key), words, "Title", year=1990 + key, country=country, **more)


def answers(index: WhooshIndex) -> list[Results]:
    queries = [parse(typed) for typed in ASKED] + [Query(sort=sort) for sort in SORTS] + [Query(topic="v", language="")]
    return [index.search(query) for query in queries]


@settings(max_examples=25, deadline=None)
@given(changes=changes)
def test_single_changes_come_to_the_same_as_a_rebuild(changes: list[list[tuple[int, str, str]] | set[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        grown, built = WhooshIndex(Path(folder, "grown")), WhooshIndex(Path(folder, "built"))
        grown.clear()
        shelf: dict[int, Document] = {}
        for change in changes:
            if isinstance(change, set):
                grown.remove([f"stamp:{key}" for key in change])
                shelf = {key: document for key, document in shelf.items() if key not in change}
            else:
                put = {key: made(key, words, country) for key, words, country in change}
                grown.put(put.values())
                shelf |= put
        built.rebuild(shelf.values())
        assert answers(grown) == answers(built)
        assert grown.spellings("worl") == built.spellings("worl")
