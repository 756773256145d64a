"""What only an index in files can suffer: several readers and writers, deaths half-way, foreign folders."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh.index import LockError

from archive.engines.whoosh import WhooshIndex
from archive.engines.whoosh.index import _snapshots
from archive.engines.whoosh.schema import LAYOUT, new_schema
from archive.engines.whoosh.segments import Segment
from archive.index import Document, Query, Unusable
from tests.archive.documents import ALL, LEA, THU, stamp

EVERYTHING = Query(limit=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> WhooshIndex:
    made = WhooshIndex(folder, patience=0.2)
    made.rebuild(ALL)
    return made


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def in_threads(*works: Callable[[], None]) -> None:
    """Run all at once; raise what any of them raised."""
    failed: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def test_readers_see_whole_commits_while_one_writes(index: WhooshIndex) -> None:
    done = threading.Event()
    totals: list[int] = []

    def write() -> None:
        for number in range(12):
            index.put([stamp(f"a{number}", "New"), stamp(f"b{number}", "New")])
        done.set()

    def read() -> None:
        while not done.is_set():
            results = index.search(EVERYTHING)
            assert results.ready
            totals.append(results.total)

    in_threads(write, read, read)
    assert index.search(EVERYTHING).total == len(ALL) + 24
    assert {total % 2 for total in totals} == {len(ALL) % 2}


def test_readers_find_something_through_rebuilds(index: WhooshIndex) -> None:
    done = threading.Event()

    def rebuild() -> None:
        for _ in range(8):
            index.rebuild(ALL)
        done.set()

    def read() -> None:
        while not done.is_set():
            results = index.search(Query(words=("dao",)))
            assert (results.ready, [hit.key for hit in results.hits]) == (True, ["thu"])

    in_threads(rebuild, read, read)


def test_only_the_current_generation_is_kept(index: WhooshIndex, folder: Path) -> None:
    index.rebuild([LEA])
    assert generations(folder) == [(folder / "current").read_text()]


def test_a_half_written_generation_is_passed_over_and_swept_away(index: WhooshIndex, folder: Path) -> None:
    half = folder / f"{LAYOUT}-0123456789abcdef"
    half.mkdir()
    (half / "_MAIN_1.toc").write_bytes(b"half a table of cont")
    assert index.search(EVERYTHING).total == len(ALL)
    index.rebuild(ALL)
    assert not half.exists()


# Whoosh leaves a file open that it could not read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("broken", [b"", b"nothing of ours", b"\0" * 200])
def test_a_broken_index_is_not_ready_until_rebuilt(index: WhooshIndex, folder: Path, broken: bytes) -> None:
    for path in next(path for path in folder.iterdir() if path.is_dir()).iterdir():
        path.write_bytes(broken)
    afresh = WhooshIndex(folder, patience=0.2)
    in_threads(lambda: check_unready(afresh))
    with pytest.raises(Unusable):
        afresh.put([THU])
    afresh.rebuild([THU])
    assert afresh.search(EVERYTHING).total == 1


def check_unready(index: WhooshIndex) -> None:
    results = index.search(EVERYTHING)
    assert (results.ready, results.total) == (False, 0)


@pytest.mark.parametrize("pointer", ["../elsewhere", f"{LAYOUT}-0123456789abcdef", "arrays0-0123456789abcdef", "", "đ"])
def test_a_pointer_to_anything_but_a_generation_of_ours_is_not_followed(
    index: WhooshIndex, folder: Path, pointer: str
) -> None:
    (folder / "current").write_text(pointer, encoding="utf-8")
    check_unready(index)


def test_an_index_of_another_schema_is_not_ready(folder: Path) -> None:
    foreign = folder / f"{LAYOUT}-0123456789abcdef"
    foreign.mkdir(parents=True)
    schema = new_schema()
    schema.remove("recency")
    whoosh_index.create_in(str(foreign), schema).close()
    (folder / "current").write_text(foreign.name)
    with pytest.raises(Unusable):
        WhooshIndex(folder).put([THU])


def test_a_writer_waits_for_another_one(index: WhooshIndex, folder: Path) -> None:
    other = whoosh_index.open_dir(str(next(path for path in folder.iterdir() if path.is_dir()))).writer()
    with pytest.raises(LockError):
        index.put([THU])
    patient = WhooshIndex(folder, patience=10)
    in_threads(lambda: patient.put([stamp("late", "Late")]), other.cancel)
    assert index.search(Query(words=("late",))).total == 1


def test_a_put_that_fails_half_way_changes_nothing(index: WhooshIndex) -> None:
    def documents() -> Iterator[Document]:
        yield stamp("new", "New")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        index.put(documents())
    assert index.search(EVERYTHING).total == len(ALL)


def test_a_commit_leaves_alone_what_segments_remember(index: WhooshIndex, folder: Path) -> None:
    index.search(EVERYTHING)
    (before,) = segments_of(folder)
    index.put([stamp("new", "New")])
    index.search(EVERYTHING)
    after = segments_of(folder)
    index.remove([THU.id])
    index.search(EVERYTHING)
    assert ([one is before for one in after], before in segments_of(folder)) == ([True, False], False)


def segments_of(folder: Path) -> list[Segment]:
    return list(_snapshots[folder].segments.values())


def test_a_mistake_of_ours_is_not_taken_for_a_broken_index(index: WhooshIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.engines.whoosh.index.answer", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        index.search(EVERYTHING)


def test_many_commits_leave_few_segments(index: WhooshIndex, folder: Path) -> None:
    for number in range(30):
        index.put([stamp(f"s{number}", "New")])
    segments = list(next(path for path in folder.iterdir() if path.is_dir()).glob("*.seg"))
    assert len(segments) < 15


@pytest.mark.parametrize("how", ["put", "rebuild"])
def test_a_killed_writer_leaves_an_index_that_answers_and_takes_more(
    index: WhooshIndex, folder: Path, how: str
) -> None:
    for pause in (0.02, 0.07, 0.15):
        writer = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.archive.engines.writer", str(folder), how],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[3],
        )
        with writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"begun\n"
            time.sleep(pause)
            writer.kill()
        assert index.search(EVERYTHING).total >= len(ALL)
        index.put([stamp("after", f"After {pause}")])
        assert index.search(Query(words=("after",))).total == 1
    index.rebuild(ALL)
    assert (index.search(EVERYTHING).total, generations(folder)) == (len(ALL), [(folder / "current").read_text()])
