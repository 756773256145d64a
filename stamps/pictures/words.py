"""Words for pictures: how like they are, what they show, by what right."""

from flask_babel import gettext as _

from stamps.kinds import View
from stamps.models import StampPicture
from stamps.pictures.forms import LICENCES, VIEWS
from stamps.pictures.rules import Alikeness

TONES = {Alikeness.VERY: "green", Alikeness.ALIKE: "blue", Alikeness.PERHAPS: "neutral", Alikeness.LESS: "neutral"}


def alikeness(word: Alikeness) -> str:
    """How like the photograph a picture is."""
    return {
        Alikeness.VERY: str(_("very alike")),
        Alikeness.ALIKE: str(_("alike")),
        Alikeness.PERHAPS: str(_("perhaps")),
        Alikeness.LESS: str(_("less alike")),
    }[word]


def licence(picture: StampPicture) -> str:
    """A licence by its short name; one we do not know, as it was given."""
    return str(dict(LICENCES).get(picture.licence, picture.licence))


def view(shown: View) -> str:
    """What a picture shows."""
    return str(dict(VIEWS)[shown.value])
