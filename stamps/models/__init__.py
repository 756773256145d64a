"""Tables of stamps: issues, their items, numbers, makers, pictures, topics. Empty means not known. No decisions."""

from stamps.models import changing  # noqa: F401 - hears of every change
from stamps.models.columns import Exact, Named, Several
from stamps.models.issues import JointIssue, Series, StampIssue
from stamps.models.items import Member, Stamp
from stamps.models.makers import Credit, Maker
from stamps.models.numbers import Catalogue, CatalogueNumber, PermanentNumber
from stamps.models.pictures import StampPicture
from stamps.models.topics import Topic, issue_topic, item_topic

__all__ = [
    "Catalogue",
    "CatalogueNumber",
    "Credit",
    "Exact",
    "JointIssue",
    "Maker",
    "Member",
    "Named",
    "PermanentNumber",
    "Series",
    "Several",
    "Stamp",
    "StampIssue",
    "StampPicture",
    "Topic",
    "issue_topic",
    "item_topic",
]
