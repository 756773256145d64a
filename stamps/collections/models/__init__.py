"""Tables of collections: copies, wants, lists, what was marked. All of it goes with the person. No decisions."""

from stamps.collections.models.acts import Act
from stamps.collections.models.copies import Copy, Want
from stamps.collections.models.lists import CollectorList, ListEntry

__all__ = ["Act", "CollectorList", "Copy", "ListEntry", "Want"]
