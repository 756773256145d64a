"""A letter wrong: which words are so near to one another that one may be meant by the other. Pure; no engine.

One letter left out, put in, changed, or changed places with its neighbour. Words that share a shortened form
(themselves or with one letter less) are the candidates: engines keep those forms beside their words.
"""

# Of shorter words everything is a letter away; longer ones nobody types.
SHORTEST, LONGEST = 4, 24
# What a search tries of the words a letter away.
MOST_CANDIDATES = 200


def can_be_misspelt(word: str) -> bool:
    """Whether a folded word takes part; numbers do not, each means itself."""
    return SHORTEST <= len(word) <= LONGEST and not any(letter.isdigit() for letter in word)


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
