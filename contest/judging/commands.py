"""`temthu judging …`: judging for anyone with a spreadsheet, without a database; and the replay of our own log (`replaying`).

Files come in and go out through `contest.judging.spreadsheets`; figures are made by the pure modules of this package.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar

import click
import numpy as np

from contest.judging import assigning, linking, pairs, planning
from contest.judging.severity.adjusting import Ability, Asked, Model, adjust
from contest.judging.severity.agreement import agreement_of
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.steps import Steps
from contest.judging.spreadsheets import adjusted, marks
from contest.judging.spreadsheets.letters_and_judges import PLACES, ToAssign, read_to_assign, write_assignment
from contest.judging.spreadsheets.pairs import read_pairs, write_comparison
from core.commandline import LateGroup


class OfJudging(LateGroup):
    """What needs the database is apart; whoever has a spreadsheet has none."""

    late: ClassVar[Mapping[str, Sequence[str]]] = {"replay": ["contest.judging.replaying:replay"]}


commands = OfJudging("judging", help="Judging for anyone with a spreadsheet.")

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


class Finite(click.FloatRange):
    """A number that is one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number typed."""
        found = super().convert(value, param, ctx)
        return found if isfinite(found) else self.fail(f"{value} is not a number.", param, ctx)


SEED = click.option("--seed", default="", help="Publish it: the same files and seed give the same result.")


@commands.command("adjust", with_appcontext=False)
@click.argument("path", metavar="MARKS.csv", type=EXISTING_FILE)
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
    "--anchors",
    "anchor_path",
    metavar="A.csv",
    type=EXISTING_FILE,
    help="judge,severity or letter,measure to hold fixed.",
)
@click.option("--out", "folder", metavar="DIR", type=FOLDER, required=True, help="Where the files go.")
def adjust_marks(
    path: Path, model: str, steps: str, ability: str | None, anchor_path: Path | None, folder: Path
) -> None:
    """Take the sternness of judges out of MARKS.csv: fair marks, measures, fit, and a report with plots.

    Columns: letter,judge,criterion,mark (criterion optional), or letter,judge and one column for each criterion.
    """
    ratings = marks.marks(path, tell=partial(click.echo, err=True))
    asked = Asked(
        model=Model(model),
        steps=Steps(steps),
        ability=Ability(ability) if ability else None,
        anchors=marks.anchors(anchor_path, ratings) if anchor_path else Anchors(),
    )
    outcome = adjust(ratings, asked)
    adjusted.write_all(outcome, folder, agreement_of(ratings))
    for remark in outcome.remarks:
        click.echo(remark, err=True)
    click.echo(
        f"{len(ratings.letters)} letters, {len(ratings.judges)} judges, {len(ratings)} marks: see {folder / 'report.html'}"
    )


@commands.command("compare", with_appcontext=False)
@click.argument("pairs_file", metavar="PAIRS.csv", type=EXISTING_FILE)
@click.option("--out", "folder", required=True, type=FOLDER, help="Folder for abilities.csv, judges.csv, summary.json.")
@click.option("--shrinkage", type=Finite(0, 0.5, max_open=True), default=pairs.SHRINKAGE, show_default=True,
              help="How far scores are drawn to the middle; 0 for plain maximum likelihood.")  # fmt: skip
@SEED
def compare(pairs_file: Path, folder: Path, shrinkage: float, seed: str) -> None:
    """Abilities of letters from pairs: a line a decision, with judge, chosen and not_chosen."""
    begun = time.perf_counter()
    named = read_pairs(pairs_file)
    try:
        found = pairs.abilities(named.pairs, shrinkage=shrinkage)
    except pairs.NotFiniteError:
        raise click.ClickException("Some letters won or lost every pair; they need a shrinkage above 0.") from None
    halves = pairs.split_half(named.pairs, seed=seed, shrinkage=shrinkage)
    seconds = round(time.perf_counter() - begun, 3)
    write_comparison(folder, named, found, halves, shrinkage=shrinkage, seed=seed, seconds=seconds)
    click.echo(f"{len(named.pairs.chosen)} decisions on {len(named.letters)} letters by {len(named.judges)} judges.")
    half = "none" if halves.correlation is None else f"{halves.correlation:.3f}"
    click.echo(f"Scale separation reliability {found.ssr:.3f}, split-half {half}.")
    if found.groups > 1:
        click.echo(
            f"No pair connects {found.groups} groups of letters; only within a group can abilities be compared.",
            err=True,
        )


@commands.command("assign", with_appcontext=False)
@click.option("--letters", "letters_file", required=True, type=EXISTING_FILE, help="letter[,unit,school,province]")
@click.option("--judges", "judges_file", required=True, type=EXISTING_FILE,
              help="judge[,unit,school,province,capacity,not_letters] (or relatives, conflicts, recused, exclude)")  # fmt: skip
@click.option("--reads", required=True, type=click.IntRange(1), help="Reads of each letter, by different judges.")
@click.option(
    "--anchors", type=click.IntRange(0), default=0, help="Hidden letters that every judge reads; 40 is usual."
)
@click.option(
    "--kept", "kept_file", type=EXISTING_FILE, help="Reads that exist (letter,judge): only what lacks is added."
)
@click.option("--own-province", is_flag=True, help="Judges may read letters of their own province.")
@click.option("--out", "target", required=True, type=NEW_FILE, help="letter,judge,place,anchor")
@SEED
def assign(
    letters_file: Path, judges_file: Path, reads: int, anchors: int, kept_file: Path | None, target: Path, seed: str,
    *, own_province: bool,
) -> None:  # fmt: skip
    """Who reads what: never their own unit, school or province, nor letters they must not read; loads as even as can be."""
    places = [place for place in PLACES if not (own_province and place == "province")]
    given = read_to_assign(letters_file, judges_file, kept_file, reads=reads, anchors=anchors, seed=seed, places=places)
    for remark in given.remarks:
        click.echo(remark, err=True)
    found = assigning.assign(given.letters, given.judges, seed=seed, barred=given.barred, kept=given.kept)
    write_assignment(target, given, found, seed=seed)
    click.echo(f"{len(found.reads)} reads; a judge has {found.loads.min()} to {found.loads.max()}.")
    _warn(given, found)


def _warn(given: ToAssign, found: assigning.Assignment) -> None:
    """What an organiser must know before sending it out."""
    if short := [name for name, lack in zip(given.letter_names, found.lacking.tolist(), strict=True) if lack]:
        click.echo(f"Letters that lack reads which nobody may or can take ({len(short)}): {_few(short)}", err=True)
    if found.groups > 1:
        click.echo(
            f"{found.groups} groups of judges share no letter; their severity cannot be compared. {_advice(given, found)}",
            err=True,
        )


def _advice(given: ToAssign, found: assigning.Assignment) -> str:
    """What would tie groups of judges together: letters for both where a rule allows it, else other judges."""
    links = linking.links(given.letters, given.judges, np.concatenate([given.kept, found.reads]), given.barred)
    listed = {
        may: _few(
            [
                f"{given.judge_names[link.judge]} with {given.judge_names[link.with_judge]}"
                for link in links
                if link.may is may
            ]
        )
        for may in (True, False)
    }
    advice = []
    if listed[True]:
        how = "more anchors, reads or room" if len(given.letters.anchors) else "add anchors"
        advice.append(f"Let both read the same letters ({how}): {listed[True]}.")
    if listed[False]:
        advice.append(
            f"No letter may be read by both: {listed[False]}. It takes a judge whom no place bars from either's letters,"
            " or, where only provinces do, --own-province."
        )
    return " ".join(advice)


def _few(names: list[str]) -> str:
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")


@commands.command("plan", with_appcontext=False)
@click.option("--letters", required=True, type=click.IntRange(1))
@click.option("--judges", required=True, type=click.IntRange(1))
@click.option("--minutes", required=True, type=Finite(0, min_open=True), help="What one read takes.")
@click.option("--reliability", type=Finite(0, 100, min_open=True, max_open=True), show_default=True,
              default=planning.USUAL_RELIABILITY, help="Of a single read, severity removed: .74, or 74 for percent.")  # fmt: skip
@click.option(
    "--winners", type=click.IntRange(1), help="The truly best nobody wants to lose; 100, or a tenth of few letters."
)
@click.option("--risk", type=Finite(0, 1, min_open=True, max_open=True), show_default=True,
              default=planning.RISK, help="Chance to lose the last of the true winners.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def plan(
    letters: int, judges: int, minutes: float, reliability: float, winners: int | None, risk: float, *, as_json: bool
) -> None:
    """How many reads, how many hours a judge, how wide each cut, and what may be lost."""
    if reliability == 1:
        raise click.BadParameter(
            "1 may be 1 percent or all; type .01 or, for nearly all, 99.", param_hint="--reliability"
        )
    if reliability > 1:
        reliability /= 100
    winners = winners or planning.usual_winners(letters)
    funnel = planning.plan(letters, judges, minutes, reliability=reliability, winners=winners, risk=risk)
    cuts = planning.single_cuts(letters, judges, minutes, reliability=reliability, winners=winners)
    given = {"reliability": reliability, "minutes": minutes}
    click.echo(_plan_as_json(funnel, cuts, given) if as_json else _plan_as_text(funnel, cuts, given))


def _plan_as_json(funnel: planning.Plan, cuts: list[planning.Single], given: Mapping[str, float]) -> str:
    totals = {**given, "reads": funnel.reads, "hours": funnel.hours, "lost_last": funnel.lost_last, "lost": funnel.lost}
    rounds = {"rounds": [asdict(each) for each in funnel.rounds], "single_cuts": [asdict(each) for each in cuts]}
    return json.dumps({**totals, **rounds}, indent=2)


def _plan_as_text(funnel: planning.Plan, cuts: list[planning.Single], given: Mapping[str, float]) -> str:
    used = f"at a reliability of {given['reliability']:g} and {given['minutes']:g} minutes for one read"
    lines = [f"Chance to lose the true number {funnel.winners}, {used}:", "reads  hours/judge  " + _shares(cuts)]
    for reads in dict.fromkeys(cut.reads for cut in cuts):
        row = [cut for cut in cuts if cut.reads == reads]
        chances = "  ".join(f"{cut.lost_last:9.2%}" for cut in row)
        lines.append(f"{reads:5}  {row[0].hours:11.1f}  {chances}")
    lines += ["", "A funnel:", "round  letters in  reads each  keep         hours/judge  chance lost"]
    for number, each in enumerate(funnel.rounds, start=1):
        lines.append(
            f"{number:5}  {each.letters:10}  {each.reads:10}  {each.kept:<11}  {each.hours:11.1f}  {each.lost_last:11.2%}"
        )
    lines.append(
        f"In all {funnel.reads} reads, {funnel.hours:.1f} hours a judge; the chance to lose the true number {funnel.winners} "
        f"is {funnel.lost_last:.2%}, and {funnel.lost:.2f} of {funnel.winners} true winners are expected to be lost."
    )
    return "\n".join(lines)


def _shares(cuts: list[planning.Single]) -> str:
    return "  ".join(f"keep {share:4.0%}" for share in dict.fromkeys(cut.share for cut in cuts))
