"""`temthu archive …`: build the index anew, check it, and search it from a terminal."""

import json
from dataclasses import replace
from typing import Any

import click
from flask.cli import AppGroup
from tqdm import tqdm

from archive import checking, queries, services
from archive.engines import at_leisure, current_index
from archive.index import Hit, Results
from archive.query import parse
from archive.sources import kinds, values_called

NO_INDEX = "There is no search index that can be used; make one: temthu archive rebuild"


class Steps:
    """Counts what was done, and moves a bar; one that is drawn nowhere does not count."""

    def __init__(self, bar: Any) -> None:
        self.bar = bar
        self.number = 0

    def __call__(self) -> None:
        """One thing more."""
        self.number += 1
        self.bar.update()


commands = AppGroup("archive", help="The search over laureates, years and stamps.")


@commands.command("rebuild")
def rebuild() -> None:
    """Build the search index anew, beside the one in use."""
    with tqdm(total=services.size(), unit="document", desc="index", leave=False, disable=None) as bar:
        steps = Steps(bar)
        services.rebuild(step=steps)
    click.echo(f"{steps.number} documents indexed.")


@commands.command("check")
def check() -> None:
    """Compare the search index with the database: numbers of every kind, and samples both ways. Exit code 1 if they differ."""
    with at_leisure():
        if not current_index().is_whole():
            raise click.ClickException(NO_INDEX)
    if waiting := queries.number_waiting():
        click.echo(f"To be indexed by the worker, and different until then: {waiting}.")
    with at_leisure(), tqdm(total=checking.steps(), unit="document", desc="check", leave=False, disable=None) as bar:
        steps = Steps(bar)
        found = list(checking.differences(step=steps))
    for difference in found:
        click.echo(difference)
    if found:
        raise click.ClickException("The index differs from the database; build it anew: temthu archive rebuild")
    click.echo(f"{steps.number} looked at; the index says what the database says.")


@commands.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", default="", help="Only this kind of thing.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, help="At most so many hits.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with total, hits and facets.")
def search(words: tuple[str, ...], kind: str, limit: int, *, as_json: bool) -> None:
    """Search as the search box does: words, "phrases", kind:stamp, country:VN, 1990..1999."""
    if kind and kind not in kinds():
        raise click.ClickException(f"There is no kind {kind}; there are {', '.join(sorted(kinds()))}.")
    query = parse(" ".join(words), kinds=kinds(), called=values_called())
    results = queries.find(replace(query, kind=kind or query.kind, limit=limit))
    if not results.ready:
        raise click.ClickException(NO_INDEX)
    click.echo(_as_json(results) if as_json else _as_table(results))


def _as_json(results: Results) -> str:
    facets = {name: dict(counted) for name, counted in results.facets.items()}
    answer = {"total": results.total, "hits": [_fields(hit) for hit in results.hits], "facets": facets}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _fields(hit: Hit) -> dict[str, Any]:
    names = ("kind", "key", "title", "url", "year", "country", "score")
    return {name: getattr(hit, name) for name in names}


def _as_table(results: Results) -> str:
    if not results.total:
        return "Nothing was found."
    rows = [(hit.kind, str(hit.year or ""), hit.country, hit.title, hit.url) for hit in results.hits]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([*lines, f"{len(rows)} of {results.total}"])
