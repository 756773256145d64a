"""The search hears of what an import changed, made or took back."""

from collections.abc import Collection

from archive.sources import index_later, rebuild_later

# Of more the whole index is built anew.
MOST_INDEXED = 400


def index_all_later(*, items: Collection[str], issues: Collection[str]) -> None:
    """Items and issues by their keys; many of them at once by a rebuild."""
    if len(items) + len(issues) > MOST_INDEXED:
        rebuild_later()
        return
    for kind, keys in (("stamp", items), ("stamp_issue", issues)):
        for key in dict.fromkeys(keys):
            index_later(kind, key)
