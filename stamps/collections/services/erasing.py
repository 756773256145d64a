"""A whole collection goes: rows go with the person too, pictures are files and are named to whoever saves this."""

from sqlalchemy import delete, select

from core.db import db
from stamps.collections.models import Act, Collector, CollectorList, Conversation, Copy, Want


def erase_collection(*, person_id: int) -> list[str]:
    """Nothing is left of what somebody noted here. Gives the ids of pictures, to be forgotten once that is saved."""
    pictures = db.session.scalars(select(Copy.picture).where(Copy.person_id == person_id, Copy.picture != "")).all()
    for table in (Act, CollectorList, Want, Copy, Collector):
        db.session.execute(delete(table).where(table.person_id == person_id))
    mine = (Conversation.first_id == person_id) | (Conversation.second_id == person_id)
    db.session.execute(delete(Conversation).where(mine))
    db.session.flush()
    return list(pictures)
