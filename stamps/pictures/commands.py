"""`temthu stamps index-pictures` and `temthu stamps identify PICTURE`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask_babel import force_locale
from tqdm import tqdm

from core.errors import Refused
from core.pages import sentence
from stamps import words as stamps_words
from stamps.commands import commands
from stamps.looking.shelf import Unusable
from stamps.pictures import asking, queries, services, words
from stamps.pictures.asking import Found

NO_INDEX = "There is no index of pictures that can be used; make one: temthu stamps index-pictures"
# 2 is wrong usage, on every command line.
NOT_A_PICTURE, NO_INDEX_HERE, NOTHING_LIKELY = 1, 3, 4


@commands.command("index-pictures")
def index_pictures() -> None:
    """Build the index that photographs are compared with anew, beside the one in use."""
    with tqdm(total=queries.number_searched(), unit="picture", desc="pictures", leave=False, disable=None) as bar:
        held = services.rebuild(step=bar.update)
    click.echo(f"{held} pictures can be found.")


@commands.command("identify")
@click.argument("picture", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--country", default="", help="Only stamps of this country, e.g. VN.")
@click.option("--year", type=int, help="Only stamps of this year.")
@click.option("--limit", type=click.IntRange(1, 60), default=10, help="At most so many.")
def identify(picture: Path, country: str, year: int | None, limit: int) -> None:
    """The stamps most like a photograph, likeliest first.

    Exit code 0: some; 1: the file is no picture; 2: wrong usage; 3: there is no index; 4: nothing likely.
    """
    with current_app.test_request_context(), force_locale("en"):
        try:
            likenesses = asking.ask(picture.read_bytes(), country=country.upper(), year=year, passing=_with_bar)
        except Refused as refused:
            click.echo(sentence(refused), err=True)
            sys.exit(NOT_A_PICTURE)
        except Unusable:
            click.echo(NO_INDEX, err=True)
            sys.exit(NO_INDEX_HERE)
        found = asking.things(likenesses)[:limit]
        for one in found:
            click.echo(_line(one))
        if not found:
            click.echo("Nothing here is like this picture.", err=True)
            sys.exit(NOTHING_LIKELY)


def _with_bar(candidates: Iterable[Any]) -> Iterable[Any]:
    return tqdm(candidates, unit=" pictures", desc="compared", leave=False, disable=None)


def _line(one: Found) -> str:
    thing, issue = one.pictured.thing, one.pictured.issue
    cells = (
        f"{one.likeness.score:.3f}",
        words.alikeness(one.alikeness),
        issue.country,
        str(issue.year or ""),
        stamps_words.name_of(thing),
        thing.key,
    )
    return "\t".join(cells)
