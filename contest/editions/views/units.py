"""The organiser's tree of units: many at once with a look before, one at a time, correcting, removing."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.editions import queries, services, tree
from contest.editions.forms import LONGEST_LIST, SchoolsForm, UnitForm
from contest.editions.models import Stage, Unit
from contest.editions.views import blueprint
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals
from core.permissions import asks


@blueprint.route("/<int:number>/units", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def units(stage: Stage) -> ResponseReturnValue:
    """Provinces and schools: what there is, and many at once, shown before they are added."""
    form = SchoolsForm()
    if form.validate_on_submit():
        with refusals(form):
            lines = tree.school_lines(_pasted(form))
            return _added(stage, lines) if form.sure.data else _preview(stage, lines)
    return _units_page(stage, form, UnitForm(prefix="new", formdata=None))


def _units_page(stage: Stage, form: SchoolsForm, new: UnitForm) -> ResponseReturnValue:
    text, status = page(
        "contest/editions/units.html",
        form=form,
        new=new,
        stage=stage,
        root=queries.root_unit(stage),
        provinces=queries.schools_by_province(stage),
    )
    return text, 422 if new.errors else status


def _pasted(form: SchoolsForm) -> str:
    """What the file holds and what was typed; a first line with names of columns stays the first."""
    upload = form.file.data
    text = "\n".join(filter(None, [tree.text_of(upload.read()) if upload else "", form.lines.data or ""]))
    if not text.strip():
        raise Refused("There is no line yet: please paste some or choose a file.", field="lines")
    if len(text) > LONGEST_LIST:
        raise Refused("This is too much at once; please hand it in in parts.", field="file")
    return text


def _preview(stage: Stage, lines: list[tree.Line]) -> ResponseReturnValue:
    new = tree.additions(lines, known=queries.tree(stage))
    form = SchoolsForm(formdata=None, data={"lines": tree.written(new.schools)})
    return page(
        "contest/editions/units_preview.html", form=form, stage=stage, new=new, schools=tree.by_province(new.schools)
    )[0]


def _added(stage: Stage, lines: list[tree.Line]) -> ResponseReturnValue:
    with transaction():
        new = services.add_schools(stage=stage, lines=lines, by=current_user, now=clock.now())
    flash(
        _(
            "Added: provinces: %(provinces)s, schools: %(schools)s.",
            provinces=len(new.provinces),
            schools=len(new.schools),
        )
    )
    return redirect(url_for("editions.units", number=stage.edition.number))


@blueprint.post("/<int:number>/units/<int:unit_id>/add")
@asks("stage.manage", of=queries.unit_of)
def add_unit(parent: Unit) -> ResponseReturnValue:
    """One province more, or one school of a province."""
    stage, form = queries.stage_of(parent), UnitForm(prefix="new")
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.add_unit(parent=parent, name=form.name.data, by=current_user, now=clock.now())
            if parent.parent is None:
                return redirect(url_for("editions.units", number=stage.edition.number))
            return redirect(url_for("editions.unit", number=stage.edition.number, unit_id=parent.id))
    if parent.parent is None:
        return _units_page(stage, SchoolsForm(formdata=None), form)
    return _unit_page(parent, UnitForm(formdata=None, obj=parent), form)


@blueprint.get("/<int:number>/units/<int:unit_id>")
@asks("stage.manage", of=queries.unit_of)
def unit(unit: Unit) -> ResponseReturnValue:
    """One province with its schools, or one school."""
    return _unit_page(unit, UnitForm(obj=unit), UnitForm(prefix="new"))


@blueprint.post("/<int:number>/units/<int:unit_id>/rename")
@asks("stage.manage", of=queries.unit_of)
def rename_unit(unit: Unit) -> ResponseReturnValue:
    """Correct a name."""
    form = UnitForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.rename_unit(unit=unit, name=form.name.data, by=current_user, now=clock.now())
            number = queries.stage_of(unit).edition.number
            return redirect(url_for("editions.unit", number=number, unit_id=unit.id))
    return _unit_page(unit, form, UnitForm(prefix="new", formdata=None))


def _unit_page(unit: Unit, form: UnitForm, new: UnitForm) -> ResponseReturnValue:
    text, status = page(
        "contest/editions/unit.html",
        form=form,
        new=new,
        unit=unit,
        stage=queries.stage_of(unit),
        schools=queries.schools_of(unit),
    )
    return text, 422 if form.errors or new.errors else status


@blueprint.post("/<int:number>/units/<int:unit_id>/remove")
@asks("stage.manage", of=queries.unit_of)
def remove_unit(unit: Unit) -> ResponseReturnValue:
    """Remove a unit nobody uses; the page says if somebody does."""
    number, form = queries.stage_of(unit).edition.number, UnitForm(formdata=None, obj=unit)
    with refusals(form):
        with transaction():
            services.remove_unit(unit=unit, by=current_user, now=clock.now())
        return redirect(url_for("editions.units", number=number))
    return _unit_page(unit, form, UnitForm(prefix="new", formdata=None))
