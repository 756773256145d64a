"""Who may do what: one table per feature, one evaluator, one decorator for views.

A table maps an action to rows of predicates; one row whose predicates all hold is enough.
Predicates take (person, thing) and know neither clock nor state of the year: a child who is
late deserves a sentence (`Refused`), not a closed door.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from flask import abort, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user

Predicate = Callable[[Any, Any], bool]
Rows = Iterable[Iterable[Predicate]]
Table = Mapping[str, Rows]
View = Callable[..., ResponseReturnValue]

_tables: dict[str, Rows] = {}


def register(table: Table) -> None:
    """Add a feature's table. The same action in two tables is a mistake of ours."""
    for action, rows in table.items():
        if _tables.get(action, rows) is not rows:
            raise ValueError(f"{action} is declared twice")
        _tables[action] = rows


def actions() -> frozenset[str]:
    """Every action any feature has declared."""
    return frozenset(_tables)


def allowed(person: Any, action: str, thing: Any = None) -> bool:
    """Whether a given person may do this to this thing."""
    return any(all(predicate(person, thing) for predicate in row) for row in _tables[action])


def can(action: str, thing: Any = None) -> bool:
    """Whether the person at the page may do this; templates and navigation ask the same way."""
    return allowed(current_user, action, thing)


def asks(action: str, *, of: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Declare what a view wishes; it receives the thing, loaded and allowed.

    `of` is a query that takes the route's arguments and gives the thing or None. The view gets that
    thing in place of the route's arguments. Anonymous: to the sign-in page. Not there or may not see
    (`<noun>.see`): 404. May see but not do: 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            thing = of(**arguments) if of else None
            missing = of is not None and thing is None
            if missing or not can(action, thing):
                return _turn_away(action, thing)
            return view(thing) if of else view(**arguments)

        guarded.asks = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View) -> View:
    """Declare that anybody may open this view."""
    view.public = True  # type: ignore[attr-defined]
    return view


def _turn_away(action: str, thing: Any) -> ResponseReturnValue:
    if not current_user.is_authenticated:
        answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return answer
    see = f"{action.split('.', maxsplit=1)[0]}.see"
    may_see = thing is not None and see in _tables and can(see, thing)
    return abort(403) if may_see else abort(404)
