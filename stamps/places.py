"""Where the catalogue shows on pages of others: makers of the name that is searched for."""

from archive.answer import Answer
from core.sections import Section
from stamps import kindwords, queries, words

MOST_MAKERS = 5
# Of fewer letters everybody would be one.
SHORTEST = 4


def makers_named(answer: Answer) -> Section | None:
    """Beside the search box: makers whose name begins with these words, each with the parts they had."""
    beginning = words.key_beginning(answer.asked.text)
    if len(beginning) < SHORTEST or answer.asked.page > 1:
        return None
    found = queries.makers_like(beginning=beginning, most=MOST_MAKERS)
    named = [maker for maker in found if f"{maker.key}-".startswith(f"{beginning}-")]
    makers = [(maker, [kindwords.word(part) for part in queries.parts_of(maker)]) for maker in named]
    return Section("stamps/_makers_named.html", {"makers": makers}) if makers else None
