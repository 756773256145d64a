"""`temthu judging replay EDITION`: every figure of the log computed again, in a terminal."""

import click
from flask.cli import with_appcontext

from contest.editions import queries as editions
from contest.judging import log, queries
from contest.judging.replay import Fault, Line, Replayed, replayed
from contest.judging.rules import RoundState
from core.errors import Refused

# More faults than this are counted; the first ones tell where to look.
MOST_TOLD = 50


@click.command("replay")
@click.argument("edition", type=int)
@with_appcontext
def replay(edition: int) -> None:
    """Compute every ranking and decision of EDITION again from the log; exit 1 and name what does not match."""
    stage = editions.stage(edition)
    if stage is None:
        raise Refused("There is no stage of edition %(number)s.", number=str(edition))
    lines = (
        Line(each.id, each.round_id, each.kind, each.payload, log.digest_of(each) == each.digest)
        for each in log.lines_of(stage.id)
    )
    rounds = {round_.id: round_ for round_ in queries.rounds_of(stage)}
    opened = [queries.tables_of(each) for each in rounds.values() if each.state is not RoundState.PLANNED]
    _tell(replayed(lines, opened), {round_id: round_.position for round_id, round_ in rounds.items()})


def _tell(result: Replayed, positions: dict[int, int]) -> None:
    click.echo(f"{result.lines} lines of the log, {result.figures} figures computed again.")
    for fault in result.faults[:MOST_TOLD]:
        click.echo(_sentence(fault, positions))
    if len(result.faults) > MOST_TOLD:
        click.echo(f"… and {len(result.faults) - MOST_TOLD} more.")
    if result.faults:
        raise click.exceptions.Exit(1)
    click.echo("Everything matches.")


def _sentence(fault: Fault, positions: dict[int, int]) -> str:
    place = f"Round {positions[fault.round_id]}" if fault.round_id in positions else "A cancelled round"
    return f"{place}, {fault.figure}: written {fault.written}, computed {fault.computed}."
