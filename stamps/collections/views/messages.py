"""Messages between collectors who swap; what organisers are asked to look at."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks
from stamps.collections import queries, services
from stamps.collections.forms import MessageForm
from stamps.collections.models import Conversation
from stamps.collections.views import blueprint


@blueprint.get("/my-stamps/messages")
@asks("collection.own")
def messages() -> ResponseReturnValue:
    """With whom one writes."""
    found = queries.conversations_of(current_user.id)
    names = queries.names_of([each.other(current_user.id) for each in found])
    return page("stamps/collections/messages.html", conversations=found, names=names)


@blueprint.route("/my-stamps/messages/<int:conversation_id>", methods=["GET", "POST"])
@asks("conversation.read", of=queries.conversation)
def conversation(conversation: Conversation) -> ResponseReturnValue:
    """What two have written, and an answer."""
    form = MessageForm()
    other_id = conversation.other(current_user.id)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.write_to(sender_id=current_user.id, other_id=other_id, body=form.body.data, now=clock.now())
            return _back(conversation)
    with transaction():
        services.read_messages(conversation=conversation, reader_id=current_user.id, now=clock.now())
    return page(
        "stamps/collections/conversation.html",
        form=form,
        conversation=conversation,
        names=queries.names_of([conversation.first_id, conversation.second_id]),
        other_id=other_id,
    )


@blueprint.post("/my-stamps/messages/<int:conversation_id>/block")
@asks("conversation.read", of=queries.conversation)
def block(conversation: Conversation) -> ResponseReturnValue:
    """Neither writes here any longer."""
    with transaction():
        services.block(conversation=conversation, by=current_user.id)
    flash(_("Neither of you can write here any longer, nor see what the other would swap."))
    return _back(conversation)


@blueprint.post("/my-stamps/messages/<int:conversation_id>/unblock")
@asks("conversation.read", of=queries.conversation)
def unblock(conversation: Conversation) -> ResponseReturnValue:
    """Who blocked opens it again."""
    with transaction():
        services.unblock(conversation=conversation, by=current_user.id)
    return _back(conversation)


@blueprint.post("/my-stamps/messages/<int:conversation_id>/report")
@asks("conversation.read", of=queries.conversation)
def report(conversation: Conversation) -> ResponseReturnValue:
    """Ask an organiser to look."""
    with transaction():
        services.report(conversation=conversation, by=current_user.id, now=clock.now())
    flash(_("An organiser will look at it. Until then nobody can write here."))
    return _back(conversation)


@blueprint.get("/reported-messages")
@asks("collector.reported")
def reported() -> ResponseReturnValue:
    """Conversations that organisers were asked to look at, with what was written."""
    found = queries.reported()
    people = {each for one in found for each in (one.first_id, one.second_id)}
    return page("stamps/collections/reported.html", conversations=found, names=queries.names_of(list(people)))


@blueprint.post("/reported-messages/<int:conversation_id>/settle")
@asks("conversation.settle", of=queries.conversation)
def settle(conversation: Conversation) -> ResponseReturnValue:
    """Nothing is to be done; or the page of the one who was reported is closed."""
    return _settled(conversation, closing=False)


@blueprint.post("/reported-messages/<int:conversation_id>/close")
@asks("conversation.settle", of=queries.conversation)
def close(conversation: Conversation) -> ResponseReturnValue:
    """The reported collector is shown to nobody and writes to nobody."""
    return _settled(conversation, closing=True)


def _settled(conversation: Conversation, *, closing: bool) -> ResponseReturnValue:
    now = clock.now()
    with transaction():
        reported_by = conversation.reported_by_id
        reported_id = conversation.other(reported_by) if reported_by else None
        services.settle(conversation=conversation, now=now)
        if closing and reported_id:
            services.close_collector(person_id=reported_id, by=current_user.id, now=now)
    flash(_("Saved."))
    return redirect(url_for("collections.reported"))


def _back(conversation: Conversation) -> ResponseReturnValue:
    return redirect(url_for("collections.conversation", conversation_id=conversation.id))
