"""Looking for a stamp, what one would take, and no longer looking."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.db import transaction
from core.pages import page
from core.permissions import asks
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.collections import queries, services
from stamps.collections.forms import WantForm
from stamps.collections.models import Want
from stamps.collections.rules import Status
from stamps.collections.views import blueprint
from stamps.collections.views.copies import again, to_stamp
from stamps.models import Stamp


@blueprint.post("/stamps/<key:key>/want")
@asks("collection.mark", of=stamps.stamp)
def want(stamp: Stamp) -> ResponseReturnValue:
    """Look for a stamp."""
    key = stamp.key
    with transaction():
        services.want_stamp(person_id=current_user.id, stamp=again(key), now=clock.now())
    return to_stamp(key)


@blueprint.post("/stamps/<key:key>/want/end")
@asks("collection.mark", of=stamps.stamp)
def stop_wanting(stamp: Stamp) -> ResponseReturnValue:
    """Look for it no longer."""
    key = stamp.key
    with transaction():
        services.stop_wanting(person_id=current_user.id, stamp=again(key))
    return to_stamp(key)


@blueprint.route("/wants/<int:want_id>", methods=["GET", "POST"])
@asks("want.edit", of=queries.want_by_id)
def edit_want(want: Want) -> ResponseReturnValue:
    """What one would take."""
    form = WantForm.of(want)
    if form.validate_on_submit():
        with transaction():
            services.change_want(want=want, **form.said())
        flash(_("Saved."))
        return redirect(url_for("collections.mine", show=Status.WANT.value))
    return page("stamps/collections/want.html", form=form, stamp=want.stamp, words=stamps_words)
