"""Reading the data files of stamps: everything is checked before a row is written. Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core import countries
from core.datafiles import Row, keyed, read
from core.evidencefiles import confidence_of, sources_of
from stamps.kinds import Jointness, StampKind
from stamps.rules import FIRST_OF_A_SITE, is_partial_date

NAMES = ("name_vi", "name_en", "name_fr")
TOPIC_COLUMNS = ("key", "parent", *NAMES)
CATALOGUE_COLUMNS = ("key", "name", "country", "sources")
SERIES_COLUMNS = ("key", "country", *NAMES, "note", "confidence", "sources")
JOINT_COLUMNS = ("key", "jointness", *NAMES, "note", "confidence", "sources")
ISSUE_TEXTS = {
    "issuer": 120,
    "name_vi": None,
    "name_en": None,
    "national_code": 16,
    "currency": 3,
    "perforation": 80,
    "designer": None,
    "printer": None,
    "printing": None,
    "print_run": None,
    "fdc_size": 40,
    "note": None,
}
STAMP_TEXTS = {
    "number": 16,
    "position": 16,
    "name_vi": None,
    "name_en": None,
    "face_value": 40,
    "currency": 3,
    "note": None,
}
SIZES = ("width_mm", "height_mm")
ISSUE_COLUMNS = (
    *("key", "country", "date", "sales_end", "catalogue_numbers", "n_stamps", "n_sheets", "face_values"),
    *("topics", "series", "joint", "permanent", "confidence", "sources", *SIZES, *ISSUE_TEXTS),
)
STAMP_COLUMNS = ("key", "permanent", "issue", "kind", "face_amount", "confidence", "sources", *SIZES, *STAMP_TEXTS)


@dataclass(frozen=True)
class StampFiles:
    """The stamps of the record as read: rows by key, every one checked."""

    topics: dict[str, Row]
    catalogues: dict[str, Row]
    series: dict[str, Row]
    joints: dict[str, Row]
    issues: dict[str, Row]
    stamps: dict[str, Row]

    @property
    def size(self) -> int:
        """How many rows there are to load."""
        return sum(map(len, (self.topics, self.catalogues, self.series, self.joints, self.issues, self.stamps)))


def read_stamp_files(folder: Path) -> StampFiles:
    """Read and check the files of stamps; a bad row is refused with its line and column."""
    files = StampFiles(
        topics=keyed(read(folder / "topics.csv", TOPIC_COLUMNS)),
        catalogues=keyed(read(folder / "catalogues.csv", CATALOGUE_COLUMNS)),
        series=keyed(read(folder / "series.csv", SERIES_COLUMNS)),
        joints=keyed(read(folder / "joint-issues.csv", JOINT_COLUMNS)),
        issues=keyed(read(folder / "stamp-issues.csv", ISSUE_COLUMNS)),
        stamps=keyed(read(folder / "stamps.csv", STAMP_COLUMNS)),
    )
    for row in files.topics.values():
        _check_topic(row, files.topics)
    for row in (*files.series.values(), *files.joints.values()):
        _check_named(row)
    for row in files.issues.values():
        _check_issue(row, files)
    for row in files.stamps.values():
        _check_stamp(row, files)
    _check_permanent((*files.issues.values(), *files.stamps.values()))
    return files


def jointness_of(row: Row) -> Jointness | None:
    """How posts issued together; None where no source says it."""
    return row.choice("jointness", Jointness) if row.text("jointness") else None


def _check_issue(row: Row, files: StampFiles) -> None:
    _check_texts(row, ISSUE_TEXTS)
    if not countries.known(row.needed("country")):
        raise row.bad("country", "not the code of a country")
    for column in ("date", "sales_end"):
        if row.text(column) and not is_partial_date(row.text(column)):
            raise row.bad(column, f"{row.text(column)!r} is no date such as 2021, 2021-10 or 2021-10-09")
    _check_links(row, files)
    row.whole("n_stamps"), row.whole("n_sheets")
    if not row.text("name_vi") and not row.text("name_en"):
        raise row.bad("name_vi", "an issue needs a name")


def _check_links(row: Row, files: StampFiles) -> None:
    for topic in row.many("topics"):
        if topic not in files.topics:
            raise row.bad("topics", f"no topic is called {topic}")
    for column, known in (("series", files.series), ("joint", files.joints)):
        if row.text(column) and row.text(column) not in known:
            raise row.bad(column, f"nothing has the key {row.text(column)}")


def _check_stamp(row: Row, files: StampFiles) -> None:
    _check_texts(row, STAMP_TEXTS)
    row.choice("kind", StampKind)
    row.amount("face_amount")
    if row.needed("issue") not in files.issues:
        raise row.bad("issue", f"no issue has the key {row.text('issue')}")


def _check_texts(row: Row, texts: dict[str, int | None]) -> None:
    for column, most in texts.items():
        row.text(column, most=most)
    for column in SIZES:
        row.amount(column)
    confidence_of(row)
    sources_of(row)


def _check_topic(row: Row, topics: dict[str, Row]) -> None:
    for column in NAMES:
        row.needed(column, most=80)
    above, seen = row.text("parent"), {row.text("key")}
    while above:
        if above not in topics or above in seen:
            raise row.bad("parent", f"{above} is no topic above it")
        seen.add(above)
        above = topics[above].text("parent")


def _check_named(row: Row) -> None:
    if not any(row.text(column) for column in NAMES):
        raise row.bad("name_vi", "it needs a name")
    if "jointness" in row.cells:
        jointness_of(row)
    confidence_of(row)
    sources_of(row)


def _check_permanent(rows: Iterable[Row]) -> None:
    """Every record of the files has our own number, no two the same."""
    seen: set[int] = set()
    for row in rows:
        number = row.number("permanent")
        if number in seen or not 0 < number < FIRST_OF_A_SITE:
            raise row.bad("permanent", f"{number} is taken, or is not for the record")
        seen.add(number)
