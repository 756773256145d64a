"""Where letters stand in a round, read from the database: one calculation for rankings and decisions. Reads only."""

from contest.judging import deciding, queries, ranking
from contest.judging.comparing import scores_of_choices
from contest.judging.counting import scores_of_orders
from contest.judging.deciding import Rule, Standing
from contest.judging.models import Round
from contest.judging.ranking import Ranked, Scores
from contest.judging.terms import RoundMethod


def scores_of(round_: Round) -> Scores:
    """What each letter that is still in the contest is worth, by the method of the round."""
    if round_.method is RoundMethod.SCREENING:
        return ranking.scored(ranking.worths_of_verdicts(queries.verdicts_in(round_)))
    if round_.method is RoundMethod.RANKING:
        seats = int(round_.cut or 1)
        return scores_of_orders(queries.orders_in(round_), round_.counting, seats=seats, seed=round_.seed)
    if round_.method is RoundMethod.PAIRS:
        return scores_of_choices(queries.choices_in(round_))
    return ranking.scored(ranking.worths_of_marks(queries.given_in(round_), queries.weighings(round_.stage)))


def ranking_of(round_: Round) -> list[Ranked]:
    """The ranking of a round as it stands now."""
    return ranking.placed(scores_of(round_))


def standings_of(round_: Round) -> list[Standing]:
    """The same with standard errors and provinces, for deciding who goes on."""
    units = {origin.letter_id: origin.province_id for origin in queries.entries(round_)}
    return deciding.standings(scores_of(round_), units)


def rule_of(round_: Round) -> Rule:
    """Who goes on from a round, as its terms say."""
    return Rule.of(round_.terms)
