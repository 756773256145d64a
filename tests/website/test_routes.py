"""Every address declares who may open it."""

import pytest
from flask import Flask

from core import permissions


def test_every_view_declares_its_permission(app: Flask) -> None:
    silent = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not (hasattr(view := app.view_functions[rule.endpoint], "asks") or hasattr(view, "public"))
    }
    assert silent == set()


def test_every_permission_asked_for_is_in_a_table(app: Flask) -> None:
    asked = {view.asks for view in app.view_functions.values() if hasattr(view, "asks")}
    assert asked - permissions.actions() == set()


def test_a_view_without_a_declaration_is_found(app: Flask) -> None:
    assert not hasattr(lambda: "", "asks")
    with pytest.raises(KeyError):
        permissions.allowed(None, "nothing.declared")


def test_views_that_write_are_not_reached_by_get(app: Flask) -> None:
    """A link must never change anything: only forms post."""
    verbs = ("delete", "remove", "withdraw", "undo", "sign-out", "recuse")
    by_get = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and "POST" not in (rule.methods or ()) and rule.rule.endswith(verbs)
    }
    assert by_get == set()
