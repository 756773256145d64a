"""Writing messages between collectors who swap: both open, neither blocked, nobody's e-mail told."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from core.db import db
from core.errors import Refused
from stamps.collections import queries
from stamps.collections.models import Conversation, Message
from stamps.collections.rules import A_DAY, MOST_BEGUN, SECOND_CLICK
from stamps.collections.services.erasing import erase_reported


def write_to(*, sender_id: int, other_id: int, body: str, now: datetime) -> Message:
    """A message to somebody; the first one begins the conversation. A second click gives the message of the first."""
    if not (queries.swaps(sender_id) and queries.swaps(other_id)):
        raise Refused("Only collectors who are open to swapping write to each other.")
    conversation = queries.conversation_of(sender_id, other_id) or _begun(sender_id, other_id, now)
    if conversation.blocked_by_id is not None:
        raise Refused("Here nobody can write any longer.")
    last = conversation.messages[-1] if conversation.messages else None
    if last and (last.sender_id, last.body) == (sender_id, body) and now - last.sent_at < SECOND_CLICK:
        return last
    message = Message(sender_id=sender_id, body=body, sent_at=now)
    conversation.messages.append(message)
    db.session.flush()
    return message


def read_messages(*, conversation: Conversation, reader_id: int, now: datetime) -> None:
    """Who looks has read."""
    for message in conversation.messages:
        if message.sender_id != reader_id and message.read_at is None:
            message.read_at = now
    db.session.flush()


def block(*, conversation: Conversation, by: int) -> None:
    """Neither writes here any longer, nor are the two partners."""
    if conversation.blocked_by_id is None:
        conversation.blocked_by_id = by
        db.session.flush()


def unblock(*, conversation: Conversation, by: int) -> None:
    """Who blocked may open it again."""
    if conversation.blocked_by_id == by:
        conversation.blocked_by_id = None
        db.session.flush()


def report(*, conversation: Conversation, by: int, now: datetime) -> None:
    """Ask an organiser to look, or to look once more; from then on they can read it, and it is blocked."""
    if conversation.reported_at is None or conversation.settled_at is not None:
        conversation.reported_at, conversation.reported_by_id, conversation.settled_at = now, by, None
    block(conversation=conversation, by=by)
    db.session.flush()


def settle(*, conversation: Conversation, now: datetime) -> None:
    """An organiser has looked."""
    conversation.settled_at = now
    db.session.flush()
    erase_reported(conversation=conversation)


def _begun(sender_id: int, other_id: int, now: datetime) -> Conversation:
    if queries.begun_since(sender_id, since=now - A_DAY) >= MOST_BEGUN:
        raise Refused("You have written to many collectors today; please go on tomorrow.")
    first, second = sorted((sender_id, other_id))
    conversation = Conversation(first_id=first, second_id=second, begun_by_id=sender_id, begun_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(conversation)
    except IntegrityError:  # the other began at the same moment
        return queries.conversation_of(sender_id, other_id) or conversation
    return conversation
