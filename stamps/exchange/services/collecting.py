"""Writing rows into a collector's own things (filled in once the tables of lists are here)."""

from collections.abc import Sequence
from datetime import datetime

from stamps.exchange.matching import Examined
from stamps.exchange.models import StampImport


class Collector:
    """Writes the rows of one import into the lists of its collector, in portions."""

    def __init__(self, import_: StampImport, *, now: datetime) -> None:
        self.person_id, self.now = import_.person_id, now

    def write(self, rows: Sequence[Examined]) -> None:
        """Nothing yet."""

    def cells(self, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Nothing yet."""
        return {}
