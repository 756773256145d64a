"""What curators decided while the record's files are loaded: their value stays, and what the file says becomes a claim."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from core.evidence import Confidence, Told
from stamps.curating import queries
from stamps.curating.rules import ISSUE, STAMP
from stamps.curating.services import fields, saving
from stamps.curating.services.fields import Thing


class Holding:
    """Fields that curators changed, by record; `load_stamps` fills records through it."""

    def __init__(self) -> None:
        """Reads what was changed so far."""
        self._changed = {kind: queries.curated_fields(kind) for kind in (ISSUE, STAMP)}
        self._told: dict[tuple[str, str], list[Told]] = defaultdict(list)
        self._values: dict[str, dict[tuple[str, str], str]] = {ISSUE: {}, STAMP: {}}

    def fill(self, thing: Thing, fill: Callable[[], None], *, confidence: Confidence, sources: Sequence[str]) -> None:
        """Fill a record from its row, but for what curators decided."""
        kind = saving.kind_of(thing)
        names = self._changed[kind].get(thing.key, set()) & set(fields.fields_of(thing))
        kept = {name: fields.read(thing, name) for name in sorted(names)}
        fill()
        for name, value in kept.items():
            said = fields.read(thing, name)
            self._values[kind][thing.key, name] = value
            if said != value:
                fields.write(thing, name, value)
                if said and name in fields.CLAIMED:
                    told = Told(name, said, confidence, chosen=False, note="", sources=tuple(sources))
                    self._told[kind, thing.key].append(told)

    def told(self, kind: str, key: str, *, besides: Sequence[Told]) -> list[Told]:
        """What the file says of fields that curators decided otherwise, but for what is claimed already."""
        known = {(told.field, told.value) for told in besides}
        return [told for told in self._told[kind, key] if (told.field, told.value) not in known]

    def values(self, kind: str) -> dict[tuple[str, str], str]:
        """The values that stay, by key and field."""
        return self._values.get(kind, {})
