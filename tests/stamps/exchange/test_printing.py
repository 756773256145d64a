"""What is printed: mounts to the millimetre, nothing beyond the paper, what has no size said; tagged PDFs with our letters."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from accounts.models import Person
from core.db import db
from stamps.exchange.printing.items import Chosen, Item, items_of
from stamps.exchange.printing.mounts import Group, Mount, Paper, Piece, laid_out
from stamps.exchange.printing.papers import album, checklist, wants
from stamps.models import StampIssue
from tests import cast, make
from tests.stamps.exchange.files import DOVE, QUILL, colnect, kept
from tests.stamps.exchange.test_commands import run

PAPER = Paper(210, 297, margin=15, binding=10, border=2, gap=6)
SIDES = st.floats(10, 300)
PIECES = st.lists(st.builds(Piece, st.none() | SIDES, SIDES, st.just("dove")), max_size=12)


def item(**given: object) -> Item:
    usual: dict[str, object] = {
        "name": "Chim bồ câu Ễ Ậ",
        "issue": "Hòa bình",
        "country": "VN",
        "year": 2021,
        "date": "2021-10-09",
        "numbers": ["VN:2910"],
        "value": "4000 VND",
        "width": 37.0,
        "height": 27.0,
        "entries": (),
    }
    return Item(**(usual | given))  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_mount_is_the_stamp_and_its_border() -> None:
    (page,) = laid_out(PAPER, [Group("Birds", "", [Piece(37, 27, "dove")])])
    (mount,) = page.mounts
    assert (mount.width, mount.height) == (41, 31)
    assert mount.x == round(25 + (170 - 41) / 2, 2)


@pytest.mark.parametrize(
    ("others", "usual", "supposed"),
    [
        ((), (44.0, 44.0), (48, 48)),
        ((Piece(37, 27, "dove"), Piece(37, 27, "dove"), Piece(52, 52, "rose")), (44.0, 44.0), (41, 31)),
        ((Piece(37, 27, "dove"),), (110.0, 85.0), (114, 89)),
        ((), (400.0, 44.0), (170, 48)),
    ],
)
def test_what_has_no_size_gets_the_mount_of_its_like_that_says_so(
    others: tuple[Piece, ...], usual: tuple[float, float], supposed: tuple[float, float]
) -> None:
    (page,) = laid_out(PAPER, [Group("Birds", "", [*others, Piece(None, None, "wren", usual=usual)])])
    (wren,) = (mount for mount in page.mounts if mount.title == "wren")
    assert ((wren.width, wren.height), wren.is_supposed, page.remarks) == (supposed, True, [])
    assert not any(mount.is_supposed for mount in page.mounts if mount is not wren)


def overlap(one: Mount, other: Mount) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=6))
def test_every_mount_stands_on_the_paper_and_apart_and_every_other_piece_is_said(groups: list[list[Piece]]) -> None:
    pages = laid_out(PAPER, [Group(f"Issue {at}", "", pieces) for at, pieces in enumerate(groups)])
    for page in pages:
        for at, mount in enumerate(page.mounts):
            assert mount.x >= PAPER.left - 0.01
            assert mount.x + mount.width <= PAPER.width - PAPER.margin + 0.01
            assert mount.y + mount.height <= PAPER.bottom
            assert not any(overlap(mount, other) for other in page.mounts[:at])
    mounts = sum(len(page.mounts) for page in pages)
    said = sum(len(remark.oversized) for page in pages for remark in page.remarks)
    assert mounts + said == sum(map(len, groups))


def test_an_issue_that_goes_on_says_so_again() -> None:
    pages = laid_out(PAPER, [Group("Birds", "", [Piece(80, 100, "dove")] * 6)])
    assert [[heading.again for heading in page.headings] for page in pages] == [[False], [True]] + [[True]] * (
        len(pages) - 2
    )


def test_albums_and_lists_are_tagged_and_have_our_letters(app: Flask) -> None:
    items = [item(), item(name="Tờ khối", width=None, height=None), item(name="Large", width=400.0, height=300.0)]
    with app.test_request_context(headers={"Accept-Language": "vi"}):
        for made in (
            album(items, title="Album của tôi", paper=PAPER),
            checklist(items, title="Ễ", paper="a4"),
            wants(items, title="Ễ", paper="a5"),
        ):
            assert made.startswith(b"%PDF")
            assert b"/StructTreeRoot" in made
            assert "Chim bồ câu Ễ Ậ" in text_of(made)
        said = text_of(album(items, title="Album", paper=PAPER)).replace("\n", " ").replace("\r", "")
        assert "Tờ khối (không rõ kích thước)" in said
        assert "Large (400 × 300 mm)" in said


def test_own_stamps_are_printed_with_those_that_the_catalogue_does_not_know(app: Flask, tmp_path: Path) -> None:
    mai = cast.mai()
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    run(app, "import", kept(tmp_path, colnect(DOVE, QUILL | {"List": "Wish", "Quantity": "[1]"})), "--for", "mai")
    with app.test_request_context():
        assert [found.name for found in items_of(mai.id, Chosen("want"))] == ["White dove", 'A quill, "Old letters"']
        assert [found.name for found in items_of(mai.id, Chosen("want", first=1990))] == ["White dove"]
        assert items_of(mai.id, Chosen("want", country="VN")) == []


@pytest.mark.parametrize("what", ["checklist", "wants", "album"])
def test_the_pages_give_a_pdf(app: Flask, as_: Callable[[Person], FlaskClient], tmp_path: Path, what: str) -> None:
    browser = as_(cast.mai())
    assert browser.get(f"/my-stamps/paper/{what}").status_code == 200
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    run(app, "import", kept(tmp_path, colnect(DOVE)), "--for", "mai")
    given = {"of": "want", "country": "", "paper": "a4", "margin": "15", "binding": "10", "border": "2", "gap": "6"}
    answer = browser.post(f"/my-stamps/paper/{what}", data=given)
    assert answer.content_type == "application/pdf"
    assert "White dove" in text_of(answer.data)
    assert browser.post(f"/my-stamps/paper/{what}", data=given | {"of": "swap"}).status_code == 422


def test_an_album_page_for_a_set(app: Flask, as_: Callable[[Person], FlaskClient]) -> None:
    make.record()
    browser = as_(cast.mai())
    key = db.session.scalars(select(StampIssue.key).order_by(StampIssue.id)).first()
    address = f"/my-stamps/paper/album?issue={key}"
    assert browser.get(address).status_code == 200
    given = {"paper": "a4", "margin": "15", "binding": "10", "border": "2", "gap": "6"}
    assert browser.post(address, data=given).content_type == "application/pdf"
