"""The command that loads the demonstration year and prints how to sign in."""

import click
from flask.cli import with_appcontext

from website.demonstration import year


@click.command("load-demonstration")
@with_appcontext
def load_demonstration() -> None:
    """Load a contest year with invented people, once, and print one sign-in per role."""
    year.load()
    for line in year.sign_ins():
        click.echo(line)
