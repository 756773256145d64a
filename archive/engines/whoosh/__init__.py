"""The embedded engine: a Whoosh index in the data folder. Its own reading of the index, nobody else's rules."""

from archive.engines.whoosh.index import WhooshIndex

__all__ = ["WhooshIndex"]
