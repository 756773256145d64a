"""A letter wrong: which words are so near to one another that one may be meant by the other. Pure; no engine.

One letter left out, put in, changed, or changed places with its neighbour. Words that share a shortened form
(themselves or with one letter less) are the candidates: engines keep those forms beside their words.
"""

from collections.abc import Mapping

# Shorter words are never meant by another one; longer ones nobody types. Most syllables of Vietnamese have three letters.
SHORTEST, LONGEST = 3, 24
# Of words as short as this very many are a letter away: one alone means itself, and beside others it is replaced by what
# finds most with them; one that is known only by a word that is so many times as common.
SHORT, MUCH_COMMONER = 3, 10
# How many words a letter away an engine looks at: more than there are of three letters.
MOST_CANDIDATES = 400


def can_be_meant(word: str) -> bool:
    """Whether a folded word is kept with its shortened forms; numbers are not, each means itself."""
    return SHORTEST <= len(word) <= LONGEST and not any(letter.isdigit() for letter in word)


def can_be_misspelt(word: str) -> bool:
    """Whether a folded word may be typed for another one, of which it may lack a letter."""
    return SHORTEST - 1 <= len(word) <= LONGEST and not any(letter.isdigit() for letter in word)


def is_short(one: str, other: str) -> bool:
    """Whether of two words that are a letter apart one is short."""
    return min(len(one), len(other)) <= SHORT


def may_be_meant(held: Mapping[str, int], typed: str, *, is_alone: bool) -> dict[str, int]:
    """Of words and how often they are held, the one typed and those that may be meant by it."""
    if is_alone and len(typed) <= SHORT:
        return {typed: held[typed]} if typed in held else {}
    least = held.get(typed, 0) * MUCH_COMMONER
    return {one: count for one, count in held.items() if one == typed or not is_short(one, typed) or count >= least}


def shortened(word: str) -> tuple[str, ...]:
    """The word and every form of it with one letter less, each once."""
    return tuple(dict.fromkeys((word, *(word[:at] + word[at + 1 :] for at in range(len(word))))))


def is_a_letter_away(one: str, other: str) -> bool:
    """Whether two different words are one slip apart (optimal string alignment distance 1)."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        is_changed, is_swapped = a[1:] == b[1:], a[:2] == b[1::-1] and a[2:] == b[2:]
        return bool(a) and (is_changed or is_swapped)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[1:] == shorter
