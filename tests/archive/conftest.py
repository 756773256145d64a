"""An empty index of each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from archive.engines.postgres import PostgresIndex
from archive.engines.postgres_sql import NEXT, TABLE
from archive.engines.whoosh import WhooshIndex
from archive.index import Index


@pytest.fixture(scope="session")
def postgres(postgres_url: str) -> Iterator[Engine]:
    """Connections to the PostgreSQL of this run."""
    engine = create_engine("postgresql+psycopg://" + postgres_url.split("://", maxsplit=1)[1])
    yield engine
    engine.dispose()


@pytest.fixture(params=["whoosh", "postgres"])
def missing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    """An engine that has no index yet."""
    if request.param == "whoosh":
        yield WhooshIndex(tmp_path / "index", patience=0.2)
        return
    engine = request.getfixturevalue("postgres")
    _drop(engine)
    yield PostgresIndex(engine)
    _drop(engine)


@pytest.fixture
def index(missing: Index) -> Index:
    """An engine with an empty index."""
    missing.clear()
    return missing


def _drop(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in (TABLE, NEXT):
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
