"""The command `temthu`: every feature's commands under one name, and those that run the whole.

Every command works in an empty data folder: the database is brought up to date before it starts.
"""

import sys
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, ScriptInfo
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from accounts.commands import create_user, set_password
from archive.commands import commands as archive_commands
from contest.judging.commands import commands as judging_commands
from contest.winners.commands import load_record
from core.db import db
from core.errors import Refused
from core.pages import sentence
from stamps.commands import commands as stamps_commands
from stamps.exchange import commands as _of_files  # noqa: F401 - likewise
from stamps.pictures import commands as _of_pictures  # noqa: F401 - adds to `temthu stamps`
from website.application import create_app
from website.demonstration import load_demonstration
from website.serving import serve, work


class PreparedGroup(FlaskGroup):
    """Prepares data folder and database before a command runs, and turns refusals into a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        if "--help" in sys.argv:
            return super().invoke(ctx)
        app = ctx.ensure_object(ScriptInfo).load_app()
        with app.app_context(), app.test_request_context():
            prepare(app)
        try:
            return super().invoke(ctx)
        except Refused as refused:
            # The words of every other line on a command line are English.
            with app.test_request_context(headers={"Accept-Language": "en"}):
                raise click.ClickException(sentence(refused)) from refused


@click.group(cls=PreparedGroup, create_app=create_app, add_default_commands=False, add_version_option=False)
def temthu() -> None:
    """Tem Thư: a country's letter-writing contest, and the archive of its laureates and stamps."""


def prepare(app: Flask) -> None:
    """Create what is missing: folders, tables of the newest version."""
    settings = app.config["SETTINGS"]
    (settings.data / "uploads").mkdir(parents=True, exist_ok=True)
    if not _is_current():
        upgrade()


def _is_current() -> bool:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow, and needed only where it is not current

    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    if not inspect(db.engine).has_table("alembic_version"):
        return False
    with db.engine.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return bool(version == scripts.get_current_head())


@temthu.command("run")
def run() -> None:
    """Serve the site and work off its jobs, until stopped."""
    serve(current_app.config["SETTINGS"])


@temthu.command("worker")
def worker() -> None:
    """Only work off jobs: for a machine of its own beside others that serve."""
    work()


for command in (
    create_user,
    set_password,
    load_record,
    load_demonstration,
    archive_commands,
    judging_commands,
    stamps_commands,
):
    temthu.add_command(command)


def main() -> None:
    """Start the command line."""
    temthu(prog_name="temthu")
