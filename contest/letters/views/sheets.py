"""Sheets of a handwritten letter: adding photographs, ordering, turning, covering names."""

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from contest.letters import pictures, queries, rules, services
from contest.letters import sheets as sheet_services
from contest.letters.forms import CornersForm, PicturesForm, WordsForm
from contest.letters.models import Letter, Sheet
from contest.letters.pictures import Picture
from contest.letters.rules import Corner, LetterForm, LetterState
from contest.letters.sheets import KeptSheet
from contest.letters.views import blueprint
from core import clock, files
from core.db import transaction
from core.errors import Refused
from core.pages import Page, page, refusals
from core.permissions import asks

MOVES = {"up": -1, "down": 1}


@blueprint.route("/letters/<int:letter_id>/sheets", methods=["GET", "POST"])
@asks("letter.write", of=queries.letter)
def sheets(letter: Letter) -> ResponseReturnValue:
    """Add photographs or scans; see what is there, and the jury's copy beside it."""
    if letter.form is LetterForm.TYPED:
        return redirect(url_for("letters.write", letter_id=letter.id))
    if letter.state is not LetterState.DRAFT and request.method == "GET":
        return redirect(url_for("letters.tracking", letter_id=letter.id))
    form = PicturesForm()
    if form.validate_on_submit():
        with refusals(form):
            _add(letter, [file for file in form.pictures.data or () if file and file.filename])
            return redirect(url_for("letters.sheets", letter_id=letter.id))
    return _page(letter, form, _words_form(letter))


def _page(letter: Letter, form: PicturesForm, words_form: WordsForm) -> Page:
    return page(
        "contest/letters/sheets.html",
        form=form,
        letter=letter,
        words_form=words_form,
        corners={sheet.id: corners_form(sheet) for sheet in letter.sheets},
        most=rules.MOST_SHEETS,
        other_form=LetterForm.TYPED if LetterForm.TYPED in services.taken_forms(letter.stage) else None,
    )


def _words_form(letter: Letter) -> WordsForm:
    return WordsForm(words=letter.word_count or None, formdata=None)


def corners_form(sheet: Sheet) -> CornersForm:
    """The form for the places covered on a sheet; its fields carry the sheet's id."""
    return CornersForm(formdata=None, data={"corners": sheet.covered}, prefix=f"sheet-{sheet.id}")


def _add(letter: Letter, uploads: list[FileStorage]) -> None:
    """Make the pictures before the transaction; remove their files should the letter not take them."""
    if not uploads:
        raise Refused("Please choose a photograph first.", field="pictures")
    sheet_services.refuse_unless_writable(letter)
    rules.refuse_sheets(present=0, added=len(uploads))
    found = [
        picture for upload in uploads for picture in pictures.sheets_of(upload.read(), name=str(upload.filename)[:60])
    ]
    rules.refuse_sheets(present=0, added=len(found))
    kept = _kept(found, present=len(letter.sheets))
    with sheet_services.or_forget(kept), transaction():
        needless = sheet_services.add_sheets(letter=letter, sheets=kept, now=clock.now())
    for sheet in needless:
        sheet_services.forget(sheet.file_id, sheet.blind_file_id)


def _kept(found: list[Picture], *, present: int) -> list[KeptSheet]:
    total = present + len(found)
    return [
        sheet_services.keep(picture, rules.corners_suggested(position=position, last=position == total))
        for position, picture in enumerate(found, start=present + 1)
    ]


@blueprint.post("/letters/<int:letter_id>/words")
@asks("letter.write", of=queries.letter)
def words(letter: Letter) -> ResponseReturnValue:
    """The number of words a child has counted."""
    form = WordsForm()
    if form.validate_on_submit():
        with transaction():
            services.set_word_count(letter=letter, words=form.words.data or 0, now=clock.now())
        return redirect(url_for("letters.hand_in", letter_id=letter.id))
    return _page(letter, PicturesForm(formdata=None), form)


@blueprint.post("/letters/sheets/<int:sheet_id>/cover")
@asks("sheet.write", of=queries.sheet)
def cover(sheet: Sheet) -> ResponseReturnValue:
    """Other corners of the jury's copy."""
    sheet_services.refuse_unless_writable(sheet.letter)
    answer = _replaced(sheet, keep_covered(sheet))
    flash(_("The jury’s copy is made anew."))
    return answer


@blueprint.post("/letters/sheets/<int:sheet_id>/turn")
@asks("sheet.write", of=queries.sheet)
def turn(sheet: Sheet) -> ResponseReturnValue:
    """A quarter turn to the right; the corners covered stay where they are on the page."""
    sheet_services.refuse_unless_writable(sheet.letter)
    picture = pictures.turned(sheet_services.content(sheet))
    return _replaced(sheet, sheet_services.keep(picture, [Corner(value) for value in sheet.covered]))


def _replaced(sheet: Sheet, kept: KeptSheet) -> ResponseReturnValue:
    letter, sheet_id = sheet.letter, sheet.id
    with sheet_services.or_forget([kept]), transaction():
        old = sheet_services.replace_sheet(letter=letter, sheet_id=sheet_id, kept=kept, now=clock.now())
    sheet_services.forget(*old)
    return _back(letter, sheet_id)


def keep_covered(sheet: Sheet) -> KeptSheet:
    """A new jury's copy with the corners ticked on the form of this sheet, its files on the disk."""
    given = request.form.getlist(f"sheet-{sheet.id}-corners")
    corners = [corner for corner in Corner if corner.value in given]
    return sheet_services.keep(Picture(sheet_services.content(sheet), sheet.width, sheet.height), corners)


@blueprint.post("/letters/sheets/<int:sheet_id>/move/<any(up, down):direction>")
@asks("sheet.write", of=lambda sheet_id, **_direction: queries.sheet(sheet_id))
def move(sheet: Sheet) -> ResponseReturnValue:
    """One place up or down."""
    letter, sheet_id = sheet.letter, sheet.id
    by = MOVES[(request.view_args or {})["direction"]]
    with transaction():
        sheet_services.move_sheet(letter=letter, sheet_id=sheet_id, by=by, now=clock.now())
    return _back(letter, sheet_id)


@blueprint.post("/letters/<int:letter_id>/sheets/remove")
@asks("letter.write", of=queries.letter)
def remove(letter: Letter) -> ResponseReturnValue:
    """Take a sheet out; a second click finds it gone."""
    sheet_id = request.args.get("sheet", 0, type=int)
    with transaction():
        old = sheet_services.remove_sheet(letter=letter, sheet_id=sheet_id, now=clock.now())
    sheet_services.forget(*old)
    return redirect(url_for("letters.sheets", letter_id=letter.id))


def _back(letter: Letter, sheet_id: int) -> ResponseReturnValue:
    return redirect(url_for("letters.sheets", letter_id=letter.id, _anchor=f"sheet-{sheet_id}"))


@blueprint.get("/letters/sheets/<int:sheet_id>.jpg")
@asks("sheet.see", of=queries.sheet)
def sheet_picture(sheet: Sheet) -> ResponseReturnValue:
    """The sheet as handed in: for its author and organisers."""
    return _jpeg(sheet.file_id)


@blueprint.get("/letters/sheets/<int:sheet_id>/jury.jpg")
@asks("sheet.see", of=queries.sheet)
def sheet_copy(sheet: Sheet) -> ResponseReturnValue:
    """The jury's copy of a sheet, for those who check it."""
    return _jpeg(sheet.blind_file_id or abort(404))


def _jpeg(file_id: str) -> ResponseReturnValue:
    path = files.path_of(file_id)
    if not path.is_file():  # replaced this moment by another window
        abort(404)
    answer = send_file(path, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
