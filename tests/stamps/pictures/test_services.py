"""Adding and withdrawing pictures, their sizes, and the index that follows."""

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from accounts.models import Person
from archive import services as archive
from archive.index import Query
from archive.queries import find
from core import files
from core.db import db, transaction
from core.journal import lines_about
from stamps.looking import shelf
from stamps.models import StampIssue, StampPicture
from stamps.pictures import making, queries, services, sizes
from stamps.pictures.rules import LONGEST_SIDE, Size
from stamps.pictures.services import indexing
from tests.make import NOW
from tests.stamps.looking.photographs import as_bytes, picture
from tests.stamps.pictures.conftest import work


def first() -> StampPicture:
    found = db.session.scalar(select(StampPicture).order_by(StampPicture.id).limit(1))
    assert found is not None
    return found


def held() -> set[int]:
    return shelf.read(indexing.folder()).pictures()


def test_the_worker_looks_at_new_pictures_and_makes_their_sizes(indexed: StampIssue) -> None:
    assert held() == set(queries.searched())
    with Image.open(sizes.path_of(first().file_id, Size.THUMBNAIL)) as thumbnail:
        assert max(thumbnail.size) == LONGEST_SIDE[Size.THUMBNAIL]


def test_a_withdrawn_picture_leaves_the_index_and_comes_back(indexed: StampIssue, khoa: Person) -> None:
    one = first()
    with transaction():
        services.withdraw_picture(picture=one, by=khoa, now=NOW)
    work()
    without = held()
    with transaction():
        services.restore_picture(picture=one, by=khoa, now=NOW)
    work()

    assert (one.id in without, one.id in held(), len(without)) == (False, True, 5)
    assert [line.act for line in lines_about("stamp_picture", one.id)] == [
        "picture.add",
        "picture.withdraw",
        "picture.restore",
    ]


def test_lists_of_the_search_show_a_picture_as_long_as_it_may_be_shown(indexed: StampIssue, khoa: Person) -> None:
    archive.rebuild()
    one = first()
    thing = queries.thing_of(one)

    def listed() -> bool:
        work()
        return any(hit.picture for hit in find(Query(kind="stamp", limit=100)).hits if hit.key == thing.key)

    before = listed()
    with transaction():
        services.withdraw_picture(picture=one, by=khoa, now=NOW)
    without = listed()
    with transaction():
        services.restore_picture(picture=one, by=khoa, now=NOW)
    assert (before, without, listed()) == (True, False, True)


def test_the_same_picture_sent_twice_is_one(invented: StampIssue, khoa: Person) -> None:
    thing = queries.thing_of(first())
    sent = files.path_of(first().file_id).read_bytes()
    made = making.Made(sent, first().width, first().height)
    before = db.session.scalar(select(func.count(StampPicture.id)))
    kept = services.keep(made)
    with transaction():
        again = services.add_picture(thing=thing, kept=kept, licence="CC0", source="again", by=khoa, now=NOW)

    assert (again.id, db.session.scalar(select(func.count(StampPicture.id)))) == (first().id, before)
    assert not files.path_of(kept.file_id).exists()


def test_what_a_camera_notes_is_left_behind() -> None:
    notes = Image.Exif()
    notes[0x010F] = "A camera"
    notes[0x8825] = {1: "N", 2: (21.0, 2.0, 0.0)}
    sent = as_bytes(picture(0), exif=notes, comment=b"of my house")

    kept = making.made_anew(sent).content

    assert (b"A camera" in sent, b"A camera" in kept, b"of my house" in kept, b"Exif" in kept) == (
        True,
        False,
        False,
        False,
    )


@pytest.mark.parametrize("harm", ["lost", "foreign", "half"])
def test_an_index_that_is_broken_is_built_anew(indexed: StampIssue, harm: str) -> None:
    folder = indexing.folder()
    if harm == "lost":
        (folder / "parts.json").unlink()
    elif harm == "foreign":
        (folder / "parts.json").write_text('{"layout": "other"}')
    else:
        next(folder.glob("part-*/squares.bin")).write_bytes(b"")
    shelf.forget(folder)
    with transaction():
        services.index_later()
    work()

    assert held() == set(queries.searched())


def test_a_rebuild_counts_every_picture_and_says_how_far_it_is(indexed: StampIssue) -> None:
    said = []
    services.rebuild(step=lambda: said.append(indexing.progress()))

    assert (len(said), said[0], indexing.progress()) == (6, (0, 6), None)


def test_a_picture_whose_file_is_gone_is_left_out(invented: StampIssue) -> None:
    files.forget(first().file_id)
    services.rebuild()

    assert held() == set(queries.searched()) - {first().id}


def test_pictures_are_narrowed_by_country_and_year(invented: StampIssue, app: Flask) -> None:
    counts = [
        len(queries.ids_of(country=country, year=year))
        for country, year in (("VN", None), ("VN", 2021), ("FR", None), ("", 1999))
    ]

    assert counts == [6, 6, 0, 0]
