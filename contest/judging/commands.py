"""`temthu judging …`: judging for anyone with a spreadsheet. Files in, files out, no database.

What is read and written is in `spreadsheets`; a command only names files and calls it.
"""

from pathlib import Path

import click
from flask.cli import AppGroup

from contest.judging.severity.adjusting import Ability, Asked, Model, adjust
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.steps import Steps
from contest.judging.spreadsheets import adjusted, marks

commands = AppGroup("judging", help="Judging for anyone with a spreadsheet.")

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@commands.command("adjust", with_appcontext=False)
@click.argument("path", metavar="MARKS.csv", type=FILE)
@click.option(
    "--model", type=click.Choice([each.value for each in Model]), default=Model.RASCH.value, show_default=True
)
@click.option(
    "--steps", type=click.Choice([each.value for each in Steps]), default=Steps.PARTIAL_CREDIT.value, show_default=True
)
@click.option(
    "--ability",
    type=click.Choice([each.value for each in Ability]),
    help="Spread of letters: estimated (usual for partial-credit) or one logit (usual for rating-scale).",
)
@click.option(
    "--anchors", "anchor_path", metavar="A.csv", type=FILE, help="judge,severity or letter,measure to hold fixed."
)
@click.option("--out", "folder", metavar="DIR", type=FOLDER, required=True, help="Where the files go.")
def adjust_marks(
    path: Path, model: str, steps: str, ability: str | None, anchor_path: Path | None, folder: Path
) -> None:
    """Take the sternness of judges out of MARKS.csv: fair marks, measures, fit, and a report with plots.

    Columns: letter,judge,criterion,mark (criterion optional), or letter,judge and one column for each criterion.
    """
    ratings = marks.marks(path)
    asked = Asked(
        model=Model(model),
        steps=Steps(steps),
        ability=Ability(ability) if ability else None,
        anchors=marks.anchors(anchor_path, ratings) if anchor_path else Anchors(),
    )
    outcome = adjust(ratings, asked)
    adjusted.write(outcome, folder)
    for remark in outcome.remarks:
        click.echo(remark, err=True)
    click.echo(
        f"{len(ratings.letters)} letters, {len(ratings.judges)} judges, {len(ratings)} marks: see {folder / 'report.html'}"
    )
