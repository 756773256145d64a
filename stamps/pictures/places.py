"""Where pictures show on pages of others: for who looks after them, the way to a thing's pictures."""

from core.permissions import can
from core.sections import Section
from stamps.models import Stamp, StampIssue
from stamps.pictures import queries


def way_to_ask(_answer: object) -> Section:
    """Beside the search box: asking with a photograph."""
    return Section("stamps/pictures/_way.html")


def to_look_after(thing: Stamp | StampIssue) -> Section | None:
    """How many pictures there are, and where to add one."""
    if not can("picture.add", thing):
        return None
    context = {
        "thing": thing,
        "endpoint": "pictures.of_stamp" if isinstance(thing, Stamp) else "pictures.of_issue",
        "pictures": queries.pictures_of(thing),
    }
    return Section("stamps/pictures/_to_look_after.html", context)
