"""Where collections show on pages of others: the own copies on a stamp's page, a badge beside a stamp found."""

from collections.abc import Mapping, Sequence

from flask_login import current_user

from core.sections import Section
from stamps.collections import queries, words
from stamps.collections.forms import CopyForm
from stamps.models import Stamp


def own_copies(stamp: Stamp) -> Section:
    """What the person at the page has of a stamp; for nobody, the way to sign in."""
    if not current_user.is_authenticated:
        return Section("stamps/collections/_sign_in.html", {"stamp": stamp})
    context = {
        "stamp": stamp,
        "copies": queries.copies_of(current_user.id, stamp),
        "want": queries.want(current_user.id, stamp),
        "form": CopyForm(formdata=None),
        "words": words,
    }
    return Section("stamps/collections/_own_copies.html", context)


def statuses(keys: Sequence[str]) -> Mapping[str, str]:
    """What the person at the page has to do with stamps of these keys, in words."""
    if not current_user.is_authenticated:
        return {}
    return {key: words.status(status) for key, status in queries.statuses(current_user.id, keys).items()}
