"""Where mounts stand on album pages, in millimetres: rows are filled, headings stay with their first row. Pure arithmetic."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

# Millimetres: below each mount stands a caption, above each issue a heading.
CAPTION = 8.5
HEADING = 13.0
LISTED_LINE = 4.2
ROW_GAP = 4.0
FOOT = 8.0


@dataclass(frozen=True)
class Paper:
    """A sheet of paper: its sides, its margins, what is left around a stamp in its mount, the room between mounts."""

    width: float
    height: float
    margin: float
    binding: float
    border: float
    gap: float

    @property
    def left(self) -> float:
        """Where the printed part begins; the binding margin is at the left."""
        return self.margin + self.binding

    @property
    def inner_width(self) -> float:
        """How wide the printed part is."""
        return self.width - self.left - self.margin

    @property
    def bottom(self) -> float:
        """Where the printed part ends, above the page number."""
        return self.height - self.margin - FOOT


@dataclass(frozen=True)
class Piece:
    """What gets a mount: its size, or None where it is not known; the words in the mount and below it.

    `usual`: the room for one of its kind, however it lies. `is_supposed`: its size was not known, and is supposed.
    """

    width: float | None
    height: float | None
    title: str
    below: Sequence[str] = ()
    usual: tuple[float, float] = (44.0, 44.0)
    is_supposed: bool = False


@dataclass(frozen=True)
class Group:
    """The pieces of one issue under their heading."""

    title: str
    below: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Mount:
    """A mount where it stands; the outline is that of the mount, border included. `is_supposed`: a size nobody knows."""

    x: float
    y: float
    width: float
    height: float
    title: str
    below: Sequence[str]
    is_supposed: bool


@dataclass(frozen=True)
class Heading:
    """The heading of an issue where it stands; `again` where the issue goes on from the page before."""

    y: float
    title: str
    below: str
    again: bool = False


@dataclass(frozen=True)
class Remark:
    """Pieces of an issue that got no mount, since they are larger than the page."""

    y: float
    oversized: Sequence[str]


@dataclass
class Page:
    """What stands on one page."""

    headings: list[Heading] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class Layout:
    """Fills page after page, downwards."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.pages = [Page()]
        self.y = paper.margin

    def add(self, group: Group) -> None:
        """Set one issue: its heading, its mounts row by row, in the middle; then what got no mount."""
        sized = [piece if _is_sized(piece) else self._supposed(piece, group.pieces) for piece in group.pieces]
        fitting = [piece for piece in sized if self._fits(piece)]
        rows = list(self._rows(fitting))
        first = self._row_height(rows[0]) if rows else LISTED_LINE
        self._heading(group, first)
        for at, row in enumerate(rows):
            if at and self.y + self._row_height(row) > self.paper.bottom:
                self._next_page()
                self._heading(group, 0, again=True)
            self._set(row)
        oversized = [_sized_title(piece) for piece in sized if not self._fits(piece)]
        if oversized:
            self._remark(group, oversized)

    def _supposed(self, piece: Piece, others: Iterable[Piece]) -> Piece:
        """As large as most others of its kind beside it, else as usual; never larger than the page."""
        known = Counter((one.width, one.height) for one in others if _is_sized(one) and one.usual == piece.usual)
        width, height = known.most_common(1)[0][0] if known else piece.usual
        most = 2 * self.paper.border
        return replace(
            piece,
            width=min(width or 0, self.paper.inner_width - most),
            height=min(height or 0, self._room() - most),
            is_supposed=True,
        )

    def _heading(self, group: Group, needed: float, *, again: bool = False) -> None:
        page = self.pages[-1]
        if not again and self.y + HEADING + needed > self.paper.bottom and (page.headings or page.mounts):
            self._next_page()
        self.pages[-1].headings.append(Heading(round(self.y, 2), group.title, group.below, again))
        self.y += HEADING

    def _rows(self, pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
        row: list[Piece] = []
        for piece in pieces:
            if row and self._width([*row, piece]) > self.paper.inner_width:
                yield row
                row = []
            row.append(piece)
        if row:
            yield row

    def _set(self, row: Sequence[Piece]) -> None:
        x = self.paper.left + (self.paper.inner_width - self._width(row)) / 2
        tallest = max(self._outer(piece)[1] for piece in row)
        for piece in row:
            width, height = self._outer(piece)
            y = self.y + tallest - height
            left, top, wide, high = (round(side, 2) for side in (x, y, width, height))
            mount = Mount(left, top, wide, high, piece.title, piece.below, piece.is_supposed)
            self.pages[-1].mounts.append(mount)
            x += width + self.paper.gap
        self.y += self._row_height(row) + ROW_GAP

    def _remark(self, group: Group, oversized: Sequence[str]) -> None:
        height = LISTED_LINE * (2 + (len("; ".join(oversized)) // 90))
        if self.y + height > self.paper.bottom:
            self._next_page()
            self._heading(group, 0, again=True)
        self.pages[-1].remarks.append(Remark(round(self.y, 2), oversized))
        self.y += height + ROW_GAP

    def _next_page(self) -> None:
        self.pages.append(Page())
        self.y = self.paper.margin

    def _outer(self, piece: Piece) -> tuple[float, float]:
        return (piece.width or 0) + 2 * self.paper.border, (piece.height or 0) + 2 * self.paper.border

    def _width(self, row: Sequence[Piece]) -> float:
        return sum(self._outer(piece)[0] for piece in row) + self.paper.gap * (len(row) - 1)

    def _row_height(self, row: Sequence[Piece]) -> float:
        return max(self._outer(piece)[1] for piece in row) + CAPTION

    def _fits(self, piece: Piece) -> bool:
        width, height = self._outer(piece)
        return width <= self.paper.inner_width and height <= self._room()

    def _room(self) -> float:
        """How high a mount may be that has a page to itself."""
        return self.paper.bottom - self.paper.margin - HEADING - CAPTION


def laid_out(paper: Paper, groups: Iterable[Group]) -> list[Page]:
    """The pages of an album."""
    layout = Layout(paper)
    for group in groups:
        layout.add(group)
    return layout.pages


def _is_sized(piece: Piece) -> bool:
    return piece.width is not None and piece.height is not None


def _sized_title(piece: Piece) -> str:
    return f"{piece.title} ({piece.width:g} × {piece.height:g} mm)"
