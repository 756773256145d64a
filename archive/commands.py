"""`temthu archive …`: build the index anew, and search it from a terminal."""

import json
from dataclasses import replace
from typing import Any

import click
from flask.cli import AppGroup
from tqdm import tqdm

from archive import queries, services
from archive.index import Hit, Results
from archive.query import parse
from archive.sources import kinds

commands = AppGroup("archive", help="The search over laureates, years and stamps.")


@commands.command("rebuild")
def rebuild() -> None:
    """Build the search index anew, beside the one in use."""
    with tqdm(total=services.size(), unit="document", desc="index", leave=False) as bar:
        services.rebuild(step=bar.update)
        done = bar.n
    click.echo(f"{done} documents indexed.")


@commands.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", default="", help="Only this kind of thing.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, help="At most so many hits.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with total, hits and facets.")
def search(words: tuple[str, ...], kind: str, limit: int, *, as_json: bool) -> None:
    """Search as the search box does: words, "phrases", kind:stamp, country:VN, 1990..1999."""
    if kind and kind not in kinds():
        raise click.ClickException(f"There is no kind {kind}; there are {', '.join(sorted(kinds()))}.")
    query = parse(" ".join(words), kinds=kinds())
    results = queries.find(replace(query, kind=kind or query.kind, limit=limit))
    if not results.ready:
        raise click.ClickException("There is no search index that can be used; make one: temthu archive rebuild")
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
