"""Groups of commands that import a command when it is called: a table is adjusted without loading pages and database.

Holds no command.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import ClassVar

import click
from flask.cli import AppGroup


class LateGroup(AppGroup):
    """`late` names its commands and where each is: `package.module:attribute`, and further modules that add to it."""

    late: ClassVar[Mapping[str, Sequence[str]]] = {}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name in self.late and cmd_name not in self.commands:
            self.add_command(_imported(*self.late[cmd_name]), cmd_name)
        return click.Group.get_command(self, ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """The names of all."""
        return sorted({*self.late, *self.commands})


def _imported(place: str, *adding: str) -> click.Command:
    module, _colon, name = place.partition(":")
    command = getattr(import_module(module), name)
    for each in adding:
        import_module(each)
    if not isinstance(command, click.Command):
        raise TypeError(place)
    return command
