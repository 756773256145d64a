"""The engine for a site of several machines: PostgreSQL's tsvector and GIN find, NumPy counts and ranks."""

from archive.engines.postgres.index import PATIENCE, PostgresIndex

__all__ = ["PATIENCE", "PostgresIndex"]
