"""Moving one letter in a list, as the buttons of a shortlist do. Pure."""

from collections.abc import Sequence

STEPS = {"up": -1, "down": 1, "top": -1_000_000}


def moved(order: Sequence[int], wish: str) -> list[int]:
    """The order after a wish such as `12 up`, `12 down`, `12 top`; what cannot be understood moves nothing."""
    parts = wish.split()
    if len(parts) != 2 or parts[1] not in STEPS or not parts[0].isdigit() or int(parts[0]) not in order:
        return list(order)
    one = int(parts[0])
    rest = [each for each in order if each != one]
    place = min(max(order.index(one) + STEPS[parts[1]], 0), len(rest))
    return [*rest[:place], one, *rest[place:]]


def known_order(typed: Sequence[int], places: dict[int, int], reads: Sequence[int]) -> list[int]:
    """The reads on a desk in the order that was typed; what it lacks as placed before, then as dealt."""
    dealt = {read: number for number, read in enumerate(reads)}
    kept = [read for read in dict.fromkeys(typed) if read in dealt]
    missing = [read for read in reads if read not in kept]
    return kept + sorted(missing, key=lambda read: (places.get(read, len(reads) + 1), dealt[read]))
