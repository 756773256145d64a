"""Things that a text names exactly, such as a catalogue number however it is written: asked of the sources, not of the index."""

from archive.engines.shown import hit_of, shown_of
from archive.index import Hit
from archive.sources import sources

# Longer texts are nobody's number.
LONGEST = 80


def named(text: str) -> tuple[Hit, ...]:
    """What this text names, the likeliest first; nearly always nothing."""
    if not text.strip() or len(text) > LONGEST:
        return ()
    return tuple(hit_of(shown_of(document), 0.0) for source in sources() for document in source.named(text))
