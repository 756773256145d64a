"""Tables of collections: copies, wants, lists, what was marked, what they show. All of it goes with the person. No decisions."""

from stamps.collections.models.acts import Act
from stamps.collections.models.collectors import Collector, Conversation, Message
from stamps.collections.models.copies import Copy, Want
from stamps.collections.models.lists import CollectorList, ListEntry

__all__ = ["Act", "Collector", "CollectorList", "Conversation", "Copy", "ListEntry", "Message", "Want"]
