"""Terms of a round: what is typed for provinces, which rules fit together, and that the log keeps all of it."""

from decimal import Decimal

import pytest

from contest.judging import terms
from contest.judging.terms import Counting, GoingOn, Pairing, Quotas, RoundMethod, Sees, Terms, quotas_of, refuse_terms
from core.errors import Refused

PROVINCES = {"Hà Nội": 3, "Huế": 4, "Bà Rịa - Vũng Tàu": 5}


@pytest.mark.parametrize(
    ("typed", "quotas"),
    [
        ("", ()),
        ("Huế: 5", ((4, 5),)),
        ("  huế :5\n\nHÀ NỘI\t0", ((3, 0), (4, 5))),
        ("Bà Rịa - Vũng Tàu; 12", ((5, 12),)),
    ],
)
def test_a_line_names_a_province_and_a_number(typed: str, quotas: Quotas) -> None:
    assert quotas_of(typed, PROVINCES) == quotas


@pytest.mark.parametrize(
    "typed", ["Huế", "Huế: viele", "Huế: -1", "Đà Nẵng: 2", "Huế: 2\nhuế: 3", ": 4", "Huế: 10000000"]
)
def test_a_line_that_says_nothing_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        quotas_of(typed, PROVINCES)
    assert refused.value.field == "quotas"


def test_quotas_belong_to_the_rule_of_provinces() -> None:
    with pytest.raises(Refused, match="single provinces"):
        refuse_terms(Terms(quotas=((3, 1),), going_on=GoingOn.TOP, cut=Decimal(2)))


def test_transferable_votes_need_a_number_of_winners() -> None:
    with pytest.raises(Refused, match="how many letters win"):
        refuse_terms(Terms(method=RoundMethod.RANKING, counting=Counting.STV))
    refuse_terms(Terms(method=RoundMethod.RANKING, counting=Counting.STV, going_on=GoingOn.TOP, cut=Decimal(2)))


@pytest.mark.parametrize(
    "given",
    [
        Terms(),
        Terms(method=RoundMethod.PAIRS, pairing=Pairing.RANDOM, going_on=GoingOn.TOP, cut=Decimal(2)),
        Terms(method=RoundMethod.RANKING, counting=Counting.KEMENY),
        Terms(sees=frozenset()),
        Terms(sees=frozenset(Sees)),
        Terms(going_on=GoingOn.UNITS, cut=Decimal(2), quotas=((3, 0), (4, 7)), anchors=4, bars_province=True),
    ],
)
def test_the_log_keeps_every_term(given: Terms) -> None:
    assert terms.read(terms.written(given)) == given


def test_lines_from_before_rounds_chose_what_judges_see_are_read_as_it_was() -> None:
    kept = terms.written(Terms(sees=frozenset()))
    del kept["sees"]
    assert terms.read(kept).sees == {Sees.WORDS}
