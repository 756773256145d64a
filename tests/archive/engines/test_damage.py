"""What a disk, a copy or a hand does to an index that was written well: never an error, never trusted, always healed."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from archive.engines.postgres import PostgresIndex, known
from archive.engines.postgres.tables import SCHEMA
from archive.engines.whoosh import WhooshIndex, arrays
from archive.engines.whoosh.index import _snapshots
from archive.index import SORTS, Index, Query, Unusable
from tests.archive.documents import ALL, LEA, THU, stamp

# Of the contents of a broken file Whoosh leaves it open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
QUERIES = (
    Query(of_each_kind=2),
    Query(words=("thu",), prefix=True),
    Query(phrases=("viet thu",)),
    Query(country="VN", years=(1990, 2020)),
    *(Query(kind="stamp", sort=sort) for sort in SORTS),
)
Damage = Callable[[Path], None]


def flipped(place: float) -> Damage:
    """One bit, so far into the file; not of what fills up to where the next array begins."""

    def damage(path: Path) -> None:
        found = bytearray(path.read_bytes())
        at = next(at for at in range(int(place * (len(found) - 1)), len(found)) if found[at])
        found[at] ^= 0x10
        replaced(path, bytes(found))

    return damage


def cut(place: float) -> Damage:
    """Nothing is there from so far into the file on."""
    return lambda path: replaced(path, path.read_bytes()[: int(place * path.stat().st_size)])


def zeroed(path: Path) -> None:
    replaced(path, bytes(path.stat().st_size))


def replaced(path: Path, content: bytes) -> None:
    """Under another inode, as a copy comes: who has mapped the old one keeps it."""
    path.with_name("other").write_bytes(content)
    path.with_name("other").replace(path)


@pytest.fixture
def whoosh(tmp_path: Path) -> WhooshIndex:
    """An index of two segments, one of them with a document taken out, that no process has read."""
    made = WhooshIndex(tmp_path / "index", patience=0.2)
    made.rebuild(ALL)
    made.put([stamp("new", "Thư mới", texts=("viet thu",))], instead_of=[LEA.id])
    return made


def files(index: WhooshIndex, ending: str) -> list[Path]:
    """The larger ones last."""
    return sorted(index.generations.folder.rglob(f"*{ending}"), key=lambda path: path.stat().st_size)


def asked(index: Index) -> list[bool]:
    """Whether each question was answered from the index."""
    index.spellings("thu")
    return [index.search(query).ready for query in QUERIES]


def all_afresh(index: WhooshIndex) -> list[bool]:
    """As by a process that has read nothing before."""
    _snapshots.pop(index.generations.folder, None)
    return asked(index)


@pytest.mark.parametrize("damage", [*map(flipped, (0, 0.2, 0.5, 0.8, 0.97, 1)), *map(cut, (0, 0.5, 0.99)), zeroed])
@pytest.mark.parametrize("which", [0, 1])
def test_a_segment_that_is_not_as_written_is_not_used_until_rebuilt(
    whoosh: WhooshIndex, damage: Damage, which: int
) -> None:
    damage(files(whoosh, ".arrays")[which])
    assert (all_afresh(whoosh), whoosh.is_whole()) == ([False] * len(QUERIES), False)
    whoosh.rebuild(ALL)
    assert (asked(whoosh), whoosh.is_whole()) == ([True] * len(QUERIES), True)


def test_every_bit_of_a_segment_counts(whoosh: WhooshIndex) -> None:
    """But those that fill up to where the next array begins."""
    path = files(whoosh, ".arrays")[0]
    written = path.read_bytes()
    chance = random.Random(7)
    for at in chance.sample([at for at, byte in enumerate(written) if byte], 150):
        broken = bytearray(written)
        broken[at] ^= 1 << chance.randrange(8)
        replaced(path, bytes(broken))
        with pytest.raises(Unusable):
            arrays.read(path)


@pytest.mark.parametrize("place", [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1])
@pytest.mark.parametrize("ending", [".toc", "current"])
@pytest.mark.parametrize("damage", [flipped, cut])
def test_a_table_of_contents_that_is_broken_is_no_error(
    whoosh: WhooshIndex, damage: Callable[[float], Damage], ending: str, place: float
) -> None:
    damage(place)(files(whoosh, ending)[-1])
    assert len(all_afresh(whoosh)) == len(QUERIES)
    whoosh.rebuild(ALL)
    assert asked(whoosh) == [True] * len(QUERIES)


def test_segments_that_have_changed_places_are_not_used(whoosh: WhooshIndex) -> None:
    one, other = files(whoosh, ".arrays")
    first = one.read_bytes()
    replaced(one, other.read_bytes())
    replaced(other, first)
    assert all_afresh(whoosh) == [False] * len(QUERIES)


def test_a_segment_of_another_index_is_not_used(whoosh: WhooshIndex, tmp_path: Path) -> None:
    other = WhooshIndex(tmp_path / "other")
    other.rebuild([THU])
    shutil.copy(files(other, ".arrays")[0], files(whoosh, ".arrays")[0])
    assert all_afresh(whoosh) == [False] * len(QUERIES)


def test_a_lost_segment_is_no_error(whoosh: WhooshIndex) -> None:
    files(whoosh, ".arrays")[0].unlink()
    assert all_afresh(whoosh) == [False] * len(QUERIES)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_broken_while_it_is_searched_is_no_error(whoosh: WhooshIndex, seed: int) -> None:
    """The bytes change below who has looked at them already."""
    assert asked(whoosh) == [True] * len(QUERIES)
    chance = random.Random(seed)
    for path in files(whoosh, ".arrays"):
        with path.open("r+b") as file:
            for at in chance.sample(range(path.stat().st_size), 200):
                file.seek(at)
                file.write(bytes([chance.randrange(256)]))
    assert len(asked(whoosh)) == len(QUERIES)
    assert all_afresh(whoosh) == [False] * len(QUERIES)


def test_nothing_is_written_into_what_is_broken(whoosh: WhooshIndex) -> None:
    """Not even where a merge would copy it into something sound."""
    flipped(0.5)(files(whoosh, ".arrays")[0])
    with pytest.raises(Unusable):
        for number in range(9):
            whoosh.put([stamp(f"s{number}", "New")])
    whoosh.rebuild(ALL)
    whoosh.put([stamp("after", "After")])
    assert whoosh.search(Query(words=("after",))).total == 1


@pytest.fixture
def postgres_index(postgres: Engine) -> Iterator[PostgresIndex]:
    """An index of ALL of which this process knows nothing yet."""
    index = PostgresIndex(postgres)
    index.rebuild(ALL)
    known._latest = None
    yield index
    known._latest = None
    with postgres.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE document SET shown = 'nonsense'",
        "UPDATE document SET shown = '[1]'",
        """UPDATE document SET shown = '{"kind": "stamp"}'""",
        "UPDATE document SET coded = '\\x00'",
        "UPDATE document SET coded = decode(repeat('ff', 44), 'hex')",
        "ALTER TABLE document ALTER coded TYPE text USING 'coded'",
        "DELETE FROM facet_set",
        "UPDATE facet_set SET held = '[' || number",
        "UPDATE facet_set SET held = '[1, ' || number || ']'",
        "DROP TABLE facet_set",
        "DROP TABLE common",
        "ALTER TABLE document RENAME words TO other",
        "DELETE FROM state",
        "DROP TABLE state",
        "DROP TABLE document",
    ],
)
def test_tables_that_are_not_as_written_are_not_used_until_rebuilt(
    postgres_index: PostgresIndex, postgres: Engine, damage: str
) -> None:
    with postgres.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
        connection.exec_driver_sql(damage)
    assert (all(asked(postgres_index)), postgres_index.is_whole()) == (False, False)
    postgres_index.rebuild(ALL)
    assert (asked(postgres_index), postgres_index.is_whole()) == ([True] * len(QUERIES), True)


def test_words_that_cannot_be_read_correct_nothing(postgres_index: PostgresIndex, postgres: Engine) -> None:
    with postgres.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE {SCHEMA}.word")
    assert postgres_index.spellings("thu") == {}
