"""Decisions about letters and their writers: what may be handed in, what the jury may read. Pure."""

from enum import StrEnum


class LetterState(StrEnum):
    """A letter is written, handed in, and perhaps taken back before the close."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class LetterForm(StrEnum):
    """Typed on the page, or written by hand and photographed."""

    TYPED = "typed"
    HANDWRITTEN = "handwritten"


class Corner(StrEnum):
    """Parts of a sheet that can be covered, where children write their name or sign."""

    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM_RIGHT = "bottom_right"
