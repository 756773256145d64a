"""How much of a person's name is shown: changed by those who look after the record, at once, everywhere."""

from datetime import datetime

from accounts.rules import NameShown
from archive.sources import index_later
from contest.winners import queries
from contest.winners.models import Laureate
from core import journal


def show_person(*, laureate: Laureate, shown_as: NameShown, by: int | None, now: datetime) -> None:
    """Show a person in full, by given name and country, or not at all; the search follows."""
    if laureate.shown_as is shown_as:
        return
    before, laureate.shown_as = laureate.shown_as, shown_as
    told = {"before": before.value, "after": shown_as.value}
    journal.write(who=by, act="show", kind="laureate", thing=laureate.id, now=now, **told)
    index_texts()


def index_texts() -> None:
    """Somebody is named in full no more, or again: any text of the record may tell the name, and is looked at anew."""
    for key in queries.keys_standing():
        index_later("laureate", key)
    for number in queries.edition_numbers():
        index_later("edition", number)
