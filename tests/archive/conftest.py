"""An empty index of each engine, and an application whose sources are a shelf of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, text

from archive import services, sources
from archive.engines import current_index
from archive.engines.postgres import PostgresIndex
from archive.engines.postgres.tables import SCHEMA
from archive.engines.whoosh import WhooshIndex
from archive.index import Document, Index
from tests.archive.documents import ALL


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
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))


@pytest.fixture
def shelf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Document]]:
    """Documents by id that the application's only sources give; change them, and the index must follow."""
    documents = {document.id: document for document in ALL}
    monkeypatch.setattr(sources, "_sources", {})
    for order, (kind, label) in enumerate((("laureate", "Laureates"), ("stamp", "Stamps"))):
        sources.register(_source(documents, kind, label, order))
    current_index().clear()
    yield documents
    if isinstance(index := current_index(), PostgresIndex):
        _drop(index.engine)


@pytest.fixture
def browser(shelf: dict[str, Document], client: FlaskClient) -> FlaskClient:
    """A visitor who reads English, of a site whose index is full."""
    services.rebuild()
    client.get("/language/en")
    return client


def _source(documents: dict[str, Document], kind: str, label: str, order: int) -> sources.Source:
    def of_kind() -> list[Document]:
        return [document for document in documents.values() if document.kind == kind]

    return sources.Source(
        kind,
        one=lambda key: documents.get(f"{kind}:{key}"),
        all=of_kind,
        count=lambda: len(of_kind()),
        label=label,
        order=order,
        value_names=lambda facet, _values: {"gold": "Gold medal", "bronze": "Bronze medal"} if facet == "prize" else {},
        names=lambda: (("kind", kind, label), ("prize", "gold", "Huy chương vàng")),
    )
