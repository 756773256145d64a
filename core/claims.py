"""Claims as pages show them: gathered by field, values in the reader's words, sources that may be named.

The tables are in `core.evidence`; what a field is called and how its values are read, the feature says.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.evidence import Claim


@dataclass(frozen=True)
class ShownClaim:
    """One claim as a page shows it."""

    value: str
    confidence: str
    chosen: bool
    note: str
    sources: list[str]


@dataclass(frozen=True)
class Field:
    """Everything claimed about one field."""

    label: str
    claims: list[ShownClaim]

    @property
    def disputed(self) -> bool:
        """Whether sources say different things."""
        return len(self.claims) > 1

    @property
    def followed(self) -> bool:
        """Whether the record carries one of the claims."""
        return any(claim.chosen for claim in self.claims)


def by_field(
    claims: Iterable[Claim],
    *,
    labels: Mapping[str, str],
    read: Callable[[str, str], str] = lambda _field, value: value,
    allows: Callable[[str], bool] = lambda _text: True,
) -> list[Field]:
    """Gather claims by field. `read(field, value)` puts a value in words; `allows` says what may be told."""
    fields: dict[str, list[ShownClaim]] = {}
    for claim in claims:
        if allows(f"{claim.value} {claim.note}"):
            shown = _shown(claim, read(claim.field, claim.value), allows)
            fields.setdefault(claim.field, []).append(shown)
    return [Field(labels.get(field, field), found) for field, found in fields.items()]


def _shown(claim: Claim, value: str, allows: Callable[[str], bool]) -> ShownClaim:
    sources = [told_by.source for told_by in claim.sources if allows(told_by.source)]
    return ShownClaim(value, claim.confidence.value, claim.chosen, claim.note, sources)
