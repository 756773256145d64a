"""Sheets of a handwritten letter: adding photographs, ordering, turning, covering names."""

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from contest.letters import pictures, queries, rules, services
from contest.letters import sheets as sheet_services
from contest.letters.forms import CornersForm, PicturesForm, WordsForm
from contest.letters.models import Letter, Sheet
from contest.letters.rules import Corner, LetterForm, LetterState
from contest.letters.sheets import KeptSheet
from contest.letters.views import blueprint
from core import clock, files
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals
from core.permissions import asks


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
            _add(letter, [file for file in form.pictures.data if file and file.filename])
            return redirect(url_for("letters.sheets", letter_id=letter.id))
    return page(
        "contest/letters/sheets.html",
        form=form,
        letter=letter,
        words_form=WordsForm(words=letter.word_count or None, formdata=None),
        corners={sheet.id: _corners_form(sheet) for sheet in letter.sheets},
        most=rules.MOST_SHEETS,
    )


def _corners_form(sheet: Sheet) -> CornersForm:
    return CornersForm(formdata=None, data={"corners": sheet.covered}, prefix=f"sheet-{sheet.id}")


def _add(letter: Letter, uploads: list[FileStorage]) -> None:
    """Make the pictures before the transaction; remove their files should the letter not take them."""
    if not uploads:
        raise Refused("Please choose a photograph first.", field="pictures")
    sheet_services.refuse_unless_writable(letter)
    found = [
        picture
        for upload in uploads[: rules.MOST_SHEETS]
        for picture in pictures.sheets_of(upload.read(), name=str(upload.filename)[:60])
    ]
    present = len(letter.sheets)
    rules.refuse_sheets(present=present, added=len(found))
    total = present + len(found)
    kept = [
        sheet_services.keep(picture, rules.corners_suggested(position=position, last=position == total))
        for position, picture in enumerate(found, start=present + 1)
    ]
    try:
        with transaction():
            sheet_services.add_sheets(letter=letter, sheets=kept, now=clock.now())
    except BaseException:
        sheet_services.forget(kept)
        raise


@blueprint.post("/letters/<int:letter_id>/words")
@asks("letter.write", of=queries.letter)
def words(letter: Letter) -> ResponseReturnValue:
    """The number of words a child has counted."""
    form = WordsForm()
    if not form.validate():
        raise Refused("A number of words, please.")
    with transaction():
        services.set_word_count(letter=letter, words=form.words.data or 0, now=clock.now())
    return redirect(url_for("letters.hand_in", letter_id=letter.id))


@blueprint.post("/letters/sheets/<int:sheet_id>/cover")
@asks("sheet.write", of=queries.sheet)
def cover(sheet: Sheet) -> ResponseReturnValue:
    """Other corners of the jury's copy."""
    sheet_services.refuse_unless_writable(sheet.letter)
    _replace(sheet, files.path_of(sheet.file_id).read_bytes(), turn=False)
    flash(_("The jury’s copy is made anew."))
    return _back(sheet)


@blueprint.post("/letters/sheets/<int:sheet_id>/turn")
@asks("sheet.write", of=queries.sheet)
def turn(sheet: Sheet) -> ResponseReturnValue:
    """A quarter turn to the right."""
    sheet_services.refuse_unless_writable(sheet.letter)
    _replace(sheet, files.path_of(sheet.file_id).read_bytes(), turn=True)
    return _back(sheet)


def _replace(sheet: Sheet, content: bytes, *, turn: bool) -> None:
    if turn:
        picture, corners = pictures.turned(content), [Corner(value) for value in sheet.covered]
    else:
        picture, corners = pictures.Picture(content, sheet.width, sheet.height), corners_asked(sheet)
    kept = sheet_services.keep(picture, corners)
    with transaction():
        old = sheet_services.replace_sheet(sheet=sheet, kept=kept, now=clock.now())
    _forget(old)


def corners_asked(sheet: Sheet) -> list[Corner]:
    """The corners ticked on the form of this sheet."""
    given = request.form.getlist(f"sheet-{sheet.id}-corners")
    return [corner for corner in Corner if corner.value in given]


def keep_covered(sheet: Sheet) -> KeptSheet:
    """A new jury's copy with the corners ticked, its files on the disk."""
    content = files.path_of(sheet.file_id).read_bytes()
    return sheet_services.keep(pictures.Picture(content, sheet.width, sheet.height), corners_asked(sheet))


@blueprint.post("/letters/sheets/<int:sheet_id>/move/<direction>")
@asks("sheet.write", of=lambda sheet_id, direction: queries.sheet(sheet_id))
def move(sheet: Sheet) -> ResponseReturnValue:
    """One place up or down."""
    by = -1 if request.path.endswith("/up") else 1
    with transaction():
        sheet_services.move_sheet(sheet=sheet, by=by, now=clock.now())
    return _back(sheet)


@blueprint.post("/letters/sheets/<int:sheet_id>/remove")
@asks("sheet.write", of=queries.sheet)
def remove(sheet: Sheet) -> ResponseReturnValue:
    """Take a sheet out."""
    letter_id = sheet.letter_id
    with transaction():
        old = sheet_services.remove_sheet(sheet=sheet, now=clock.now())
    _forget(old)
    return redirect(url_for("letters.sheets", letter_id=letter_id))


def _forget(old: tuple[str, str | None]) -> None:
    for file_id in old:
        if file_id:
            files.forget(file_id)


def _back(sheet: Sheet) -> ResponseReturnValue:
    return redirect(url_for("letters.sheets", letter_id=sheet.letter_id, _anchor=f"sheet-{sheet.id}"))


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
    return send_file(files.path_of(file_id), mimetype="image/jpeg", max_age=0)
