"""What remarks and concerns show on pages of other packages: the desk, the organiser's pages, the child's letter."""

from dataclasses import dataclass

from contest.editions.models import Stage
from contest.judging import queries as judging
from contest.judging.models import Assignment, Comparison, Round
from contest.judging.rules import RoundState
from contest.judging.terms import Sees
from contest.letters.models import Letter
from contest.remarks import queries, rules
from contest.remarks.forms import ConcernForm, RemarksForm
from contest.remarks.queries import SaidBefore
from contest.remarks.rules import Reader
from core.sections import Section


def words_on_desk(assignment: Assignment) -> Section:
    """What the judge of a read has said beside the marks. Nothing of what came of it: the desk stays blind."""
    written = {reader.value: remark.words for reader, remark in queries.remarks_of(assignment).items()}
    return Section(
        "contest/remarks/_on_desk.html",
        {
            "assignment_id": assignment.id,
            "remarks": RemarksForm(formdata=None, data=written),
            "concern": ConcernForm(formdata=None),
            "is_open": assignment.round.state is RoundState.OPEN,
            "is_raised": queries.concern_of(assignment.letter_id, assignment.judge) is not None,
            "said_before": _said_before(assignment.letter_id, assignment.round),
            "to_call": _to_call(assignment.round.stage),
        },
    )


def concerns_on_pair(pair: Comparison) -> Section:
    """Beside two letters: that the child who wrote one of them may be in distress, with what this judge has said of each.

    What earlier rounds have said of each stands before it, where the round shows it.
    """
    numbers = judging.numbers([pair.left_id, pair.right_id])
    letters = [
        BesideLetter(
            letter_id=letter_id,
            number=numbers[letter_id],
            is_raised=queries.concern_of(letter_id, pair.judge) is not None,
            concern=ConcernForm.of_letter(letter_id, formdata=None),
            said_before=_said_before(letter_id, pair.round),
        )
        for letter_id in (pair.left_id, pair.right_id)
    ]
    shown = {"pair_id": pair.id, "letters": letters, "to_call": _to_call(pair.round.stage)}
    return Section("contest/remarks/_on_pair.html", shown)


@dataclass(frozen=True)
class BesideLetter:
    """What stands beside one of two letters."""

    letter_id: int
    number: str
    is_raised: bool
    concern: ConcernForm
    said_before: list[SaidBefore]


def _said_before(letter_id: int, round_: Round) -> list[SaidBefore]:
    """What earlier rounds have told the jury of a letter, in a round that shows it."""
    return queries.said_before(letter_id, round_) if Sees.REMARKS_BEFORE in round_.sees else []


def _to_call(stage: Stage) -> str:
    """Whom a judge without network telephones; empty where the organisers look after children in distress."""
    named = queries.safeguard(stage)
    return (named.person.full_name or named.person.user_name) if named else ""


def words_of_stage(stage: Stage) -> Section:
    """Remarks that wait, and who looks after children in distress."""
    named = queries.safeguard(stage)
    return Section(
        "contest/remarks/_of_stage.html",
        {"stage": stage, "to_pass": queries.count_to_pass(stage), "named": named.person if named else None},
    )


def remarks_on_letter(letter: Letter) -> Section | None:
    """Every remark on a letter, for the organiser who gives prizes."""
    remarks = queries.remarks_on(letter)
    return Section("contest/remarks/_on_letter.html", {"remarks": remarks}) if remarks else None


def remarks_to_child(letter: Letter) -> Section | None:
    """What the jury wished to say to the child, once it is the hour."""
    published = letter.stage.published_at is not None
    if not rules.child_reads(reader=Reader.CHILD, passed=True, published=published):
        return None
    remarks = queries.remarks_to_child(letter)
    return Section("contest/remarks/_to_child.html", {"remarks": remarks}) if remarks else None
