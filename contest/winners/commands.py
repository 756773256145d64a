"""`temthu load-record`: the data files of the record into the database, as often as one likes."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from archive.sources import rebuild_later
from contest.winners.services import load_record as load
from contest.winners.services import read_record
from core.db import transaction


@click.command("load-record")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Where the data files lie; the record that comes with the program unless told.",
)
@with_appcontext
def load_record(folder: Path | None) -> None:
    """Load editions, laureates and stamps from their data files; loading again changes only what changed."""
    record = read_record(folder or Path(current_app.root_path) / "record")
    with tqdm(total=record.size, unit="row", desc="record", leave=False, disable=None) as bar, transaction():
        load(record, step=bar.update)
        rebuild_later()
    click.echo(
        f"{len(record.editions)} editions, {len(record.awards)} awards, "
        f"{len(record.stamps.issues)} stamp issues, {len(record.stamps.stamps)} stamps."
    )
