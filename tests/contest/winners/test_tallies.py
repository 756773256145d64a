"""Tallies are counted from rows and stand beside what others claim, to the same year."""

import pytest
from flask import Flask

from contest.winners import queries, tallies
from contest.winners.rules import Discretion, Tally
from contest.winners.services import withdraw_award
from core.db import transaction
from tests import make


@pytest.fixture
def record(app: Flask) -> None:
    make.record()


@pytest.mark.usefixtures("record")
def test_viet_nam_is_counted_from_its_rows() -> None:
    assert tallies.counted("VN") == Tally(gold=2, silver=2, bronze=7, special_mention=5, total=16)


@pytest.mark.usefixtures("record")
def test_the_claim_to_2021_stands_beside_the_count_to_2021() -> None:
    claim = next(one for one in tallies.compared("VN", Discretion(())) if one.until_year == 2021)

    assert (claim.claimed, claim.counted, claim.differs) == (
        Tally(2, 1, 6, 7, 16),
        Tally(2, 1, 6, 4, 13),
        {"special_mention", "total"},
    )


@pytest.mark.usefixtures("record")
def test_every_claimed_tally_has_its_source() -> None:
    assert [claim.until_year for claim in tallies.compared("VN", Discretion(())) if not claim.sources] == []


@pytest.mark.usefixtures("record")
def test_a_withdrawn_award_counts_no_more() -> None:
    with transaction():
        award = queries.award("39-international-gold-vn")
        assert award is not None
        withdraw_award(award=award, reason="Copied.", now=make.NOW, by=None)

    assert tallies.counted("VN").gold == 1
