"""Which picture stands for a thing, and where it is to be had. Withdrawn ones are shown nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from stamps.kinds import View
from stamps.models import StampPicture


@dataclass(frozen=True)
class InList:
    """A picture as lists show it; its width and height keep its place on the page until it has come."""

    url: str
    width: int
    height: int


def shown(pictures: Iterable[StampPicture]) -> list[StampPicture]:
    """Those that may be shown, faces first."""
    return sorted(
        (picture for picture in pictures if picture.withdrawn_at is None),
        key=lambda picture: (picture.view is not View.FACE, picture.rank, picture.id),
    )


def face_of(pictures: Iterable[StampPicture]) -> StampPicture | None:
    """The picture that stands for a thing in lists: its face, or nothing."""
    return next((picture for picture in shown(pictures) if picture.view is View.FACE), None)


def address(picture: StampPicture | None) -> str:
    """Where the picture itself is; nothing for none."""
    return url_for("stamps.picture", key=picture.key) if picture else ""


def thumbnail(picture: StampPicture | None) -> str:
    """Where it is to be had as small as lists show it; nothing for none."""
    return url_for("pictures.sized", key=picture.key, kept_size="thumbnail") if picture else ""


def in_list(picture: StampPicture | None) -> InList | None:
    """The same with the shape of the picture."""
    return InList(thumbnail(picture), picture.width, picture.height) if picture else None


def on_page(picture: StampPicture) -> str:
    """Where it is to be had in the size of a page."""
    return url_for("pictures.sized", key=picture.key, kept_size="page")
