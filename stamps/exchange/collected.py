"""What a collector has to do with stamps, as cells and as copies. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Own:
    """What somebody has to do with one stamp: the five cells, each copy with everything noted of it."""

    cells: dict[str, str] = field(default_factory=dict)
    copies: Sequence[Mapping[str, object]] = field(default_factory=tuple)
    there: bool = False


def own_things(_person_id: int, _ids: Sequence[int]) -> dict[int, Own]:
    """By the stamps' ids."""
    return {}
