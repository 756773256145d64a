"""The tree of topics, walked in one place: what stands below a topic, and above it."""

from sqlalchemy import CTE, Select, select

from core.db import db
from stamps.models import Topic


def topics_above() -> CTE:
    """Every topic (`id`) with itself and each topic above it (`topic_id`)."""
    above = select(Topic.id.label("id"), Topic.id.label("topic_id")).cte("topics_above", recursive=True)
    return above.union(
        select(above.c.id, Topic.parent_id)
        .join(above, Topic.id == above.c.topic_id)
        .where(Topic.parent_id.is_not(None))
    )


def ids_below(key: str) -> Select[tuple[int]]:
    """Ids of a topic and of everything below it, for another query."""
    above = topics_above()
    return select(above.c.id).join(Topic, Topic.id == above.c.topic_id).where(Topic.key == key)


def keys_below(key: str) -> list[str]:
    """A topic and everything below it, by key; nothing for one that is not there."""
    return list(db.session.scalars(select(Topic.key).where(Topic.id.in_(ids_below(key))).order_by(Topic.key)))
