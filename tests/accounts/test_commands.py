"""Accounts from the command line."""

from flask import Flask

from accounts import passwords, queries
from accounts.commands import create_user, set_password
from accounts.rules import Role


def printed(app: Flask, command: object, *arguments: str) -> str:
    """What a command prints; it must end well."""
    result = app.test_cli_runner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return str(result.output)


def password_in(output: str) -> str:
    """The password a command has printed."""
    return output.split("password:")[1].strip()


def test_create_user_prints_a_password_that_fits(app: Flask) -> None:
    password = password_in(printed(app, create_user, "Hoàng-An", "--role", "organiser", "--full-name", "Hoàng An"))
    person = queries.person_by_name("hoang-an")
    assert person is not None
    assert (person.full_name, person.roles) == ("Hoàng An", frozenset({Role.ORGANISER}))
    assert passwords.fits(password, person.password_hash)


def test_create_user_again_adds_the_role_and_leaves_the_password(app: Flask) -> None:
    password = password_in(printed(app, create_user, "hoang-an", "--role", "organiser"))
    output = printed(app, create_user, "hoang-an", "--role", "judge")
    person = queries.person_by_name("hoang-an")
    assert person is not None
    assert output == "hoang-an exists; role judge is given, the password stays.\n"
    assert person.roles == {Role.ORGANISER, Role.JUDGE}
    assert passwords.fits(password, person.password_hash)


def test_create_user_wants_a_role_that_exists(app: Flask) -> None:
    assert app.test_cli_runner().invoke(create_user, ["hoang-an", "--role", "king"]).exit_code == 2


def test_set_password_prints_a_new_one_and_ends_sessions(app: Flask) -> None:
    printed(app, create_user, "hoang-an", "--role", "organiser")
    person = queries.person_by_name("hoang-an")
    assert person is not None
    before = person.session_key
    password = password_in(printed(app, set_password, "hoang-an"))
    assert passwords.fits(password, person.password_hash)
    assert person.session_key != before


def test_set_password_for_nobody_fails_with_a_sentence(app: Flask) -> None:
    result = app.test_cli_runner().invoke(set_password, ["nobody"])
    assert (result.exit_code, result.output) == (1, "Error: nobody is called nobody.\n")
