"""The command `temthu`: every feature's commands under one name, and those that run the whole.

A command that works in the program's context finds its data folder and database brought up to date. One that does without
(spreadsheets of judging) touches neither, and loads no page: commands are imported when they are called.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup
from flask_babel import Babel

from core.commandline import LateGroup
from core.errors import Refused
from core.pages import sentence
from website.config import Settings


class Temthu(LateGroup, FlaskGroup):
    """Turns refusals into a sentence."""

    late: ClassVar[Mapping[str, Sequence[str]]] = {
        "archive": ["archive.commands:commands"],
        "create-user": ["accounts.commands:create_user"],
        "db": ["flask_migrate.cli:db"],
        "judging": ["contest.judging.commands:commands"],
        "load-demonstration": ["website.demonstration:load_demonstration"],
        "load-record": ["contest.winners.commands:load_record"],
        "set-password": ["accounts.commands:set_password"],
        "stamps": ["stamps.commands:commands", "stamps.exchange.commands", "stamps.pictures.commands"],
    }

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            raise click.ClickException(_in_english(refused)) from refused


def _in_english(refused: Refused) -> str:
    """The words of every other line on a command line are English."""
    app = Flask("temthu")
    Babel(app, default_locale="en", default_timezone=Settings.read().timezone)
    with app.app_context():
        return sentence(refused)


def _prepared() -> Flask:
    """The program, for commands that work in its context."""
    from website.preparing import prepared  # noqa: PLC0415 - every page: only where one is needed

    return prepared()


@click.group(cls=Temthu, create_app=_prepared, add_default_commands=False, add_version_option=False)
def temthu() -> None:
    """Tem Thư: a country's letter-writing contest, and the archive of its laureates and stamps."""


@temthu.command("run")
def run() -> None:
    """Serve the site and work off its jobs, until stopped."""
    from website.serving import serve  # noqa: PLC0415 - likewise

    serve(current_app.config["SETTINGS"])


@temthu.command("worker")
def worker() -> None:
    """Only work off jobs: for a machine of its own beside others that serve."""
    from website.serving import work  # noqa: PLC0415 - likewise

    work()


def main() -> None:
    """Start the command line."""
    temthu(prog_name="temthu")
