"""What builders and fixtures make, made once by the program itself and put there again for every further test.

The first time on each engine a `@kept` function runs as written, and the tables it wrote to are copied away. When another
test comes to it in the same state (the same functions before it, with the same arguments, nothing written besides), its
rows and files are laid where they were, and what it gave is given again. Only fixtures are served so: what a test does
itself, it does.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app
from sqlalchemy import inspect
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from core.db import Base, db
from tests import tables

P = ParamSpec("P")
R = TypeVar("R")
PLAIN = (str, int, float, bytes, Decimal, Enum, date, type(None))
Files = dict[str, tuple[bytes, int]]


class Unkept(Exception):  # noqa: N818 - it is an answer, not an error
    """Something that plain values cannot tell, or a change that cannot be made again."""


@dataclass(frozen=True)
class Made:
    """What a function left behind, and gave."""

    number: int
    rows: dict[str, tables.Content]
    files: Files
    given: Any


@dataclass
class State:
    """How the database of the running test came to be: the last kept function, None once by anything else besides."""

    step: int | None = None
    changes: int = 0
    arranging: bool = False
    inside: bool = False


_state = State()
_made: dict[Any, Made] = {}


def begin() -> None:
    """Everything is empty."""
    _state.step, _state.changes = 0, len(tables.written)


def step() -> int | None:
    """Which kept function was the last; None when anything else was written since."""
    return _state.step if len(tables.written) == _state.changes else None


@contextmanager
def arranging() -> Iterator[None]:
    """While fixtures are made."""
    _state.arranging = True
    try:
        yield
    finally:
        _state.arranging = False


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Serve fixtures with what this function, which commits, has made before."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        return _once(make, *args, **kwargs) if _state.arranging else make(*args, **kwargs)

    return made


def made_once(make: Callable[P, R]) -> Callable[P, R]:
    """The same for what is much work; tests that begin with it, in an empty database, are served as well."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        return _once(make, *args, **kwargs) if _state.arranging or step() == 0 else make(*args, **kwargs)

    return made


def _once(make: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    if _state.inside:
        return make(*args, **kwargs)
    _state.step = step()
    key = _key(make, args, kwargs)
    if key is None:
        return make(*args, **kwargs)
    given: R = _again(_made[key]) if key in _made else _really(partial(make, *args, **kwargs), key)
    _state.changes = len(tables.written)
    return given


def _key(make: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...] | None:
    """What was done so far, and this; None if that cannot be told."""
    if _state.step is None:
        return None
    try:
        return _state.step, db.engine.dialect.name, make.__module__, make.__qualname__, _told(args), _told(kwargs)
    except Unkept:
        return None


def _really(make: Callable[[], R], key: tuple[Any, ...]) -> R:
    """Make it, and keep it if it can be kept."""
    before, changes = _files(), len(tables.written)
    _state.inside, _state.step = True, None
    try:
        given = make()
    finally:
        _state.inside = False
    after, touched = _files(), set(tables.written[changes:])
    try:
        told = _told(given)
    except Unkept:
        return given
    if touched.issubset(tables.names()) and before.keys() <= after.keys():
        new = [path for path, at in after.items() if before.get(path) != at]
        files = {path: ((_folder() / path).read_bytes(), after[path]) for path in new}
        _state.step = len(_made) + 1
        _made[key] = Made(_state.step, tables.contents(touched), files, told)
    return given


def _again(made: Made) -> Any:
    db.session.rollback()  # as transaction() begins
    if made.rows:
        tables.fill(made.rows)
    for path, (content, at) in made.files.items():
        place = _folder() / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        os.utime(place, ns=(at, at))
    _state.step = made.number
    return _meant(made.given)


def _folder() -> Path:
    return Path(current_app.config["DATA"])


def _files() -> dict[str, int]:
    """Files of the data folder, and when each was written."""
    found = (path for path in _folder().rglob("*") if path.is_file())
    return {str(path.relative_to(_folder())): path.stat().st_mtime_ns for path in found}


def _told(thing: Any) -> tuple[Any, ...]:
    """A value in plain, hashable words: rows by their identity, containers by what is in them."""
    if isinstance(thing, PLAIN):
        return "plain", type(thing), thing
    if isinstance(thing, Flask):
        return ("application",)
    if isinstance(thing, Base):
        if not inspect(thing).persistent:
            raise Unkept
        return "row", type(thing), inspect(thing).identity
    if isinstance(thing, (list, tuple)):
        return type(thing).__name__, tuple(map(_told, thing))
    if isinstance(thing, dict):
        return "dict", tuple((name, _told(value)) for name, value in thing.items())
    if is_dataclass(thing) and not isinstance(thing, type):
        return (
            "dataclass",
            type(thing),
            tuple((field.name, _told(getattr(thing, field.name))) for field in fields(thing)),
        )
    raise Unkept


def _meant(told: tuple[Any, ...]) -> Any:
    """The value that was told."""
    match told:
        case "plain", _type, value:
            return value
        case "row", model, identity:
            return _row(model, identity)
        case "list", values:
            return list(map(_meant, values))
        case "tuple", values:
            return tuple(map(_meant, values))
        case "dict", pairs:
            return {name: _meant(value) for name, value in pairs}
        case "dataclass", kind, pairs:
            return kind(**{name: _meant(value) for name, value in pairs})
    raise Unkept


def _row(model: type[Base], identity: tuple[Any, ...]) -> Base:
    """The row as a commit leaves it in the session: there, to be read when somebody asks."""
    mapper = inspect(model)
    known: Base | None = db.session().identity_map.get(mapper.identity_key_from_primary_key(identity))
    if known is not None:
        return known
    row: Base = mapper.class_manager.new_instance()
    for column, value in zip(mapper.primary_key, identity, strict=True):
        set_committed_value(row, mapper.get_property_by_column(column).key, value)
    make_transient_to_detached(row)
    db.session.add(row)
    return row
