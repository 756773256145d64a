"""Words of curating: what a save did, why two records look alike, what became of a suggestion. No page and no rule."""

from flask_babel import gettext as _

from stamps.curating.rules import Act, Likeness, SuggestionState


def act_words() -> dict[Act, str]:
    """What a save did."""
    return {
        Act.ENTERED: _("entered"),
        Act.EDITED: _("changed"),
        Act.TAKEN_OVER: _("taken over from a suggestion"),
        Act.UNDONE: _("taken back"),
        Act.MERGED: _("merged"),
        Act.RETIRED: _("taken out"),
    }


def likeness_words() -> dict[Likeness, str]:
    """Why two records may be the same."""
    return {
        Likeness.NUMBER: _("the same catalogue number"),
        Likeness.TITLE: _("the same country and year, a title alike"),
        Likeness.SIZE_AND_VALUE: _("the same year, size and face value"),
    }


def state_words() -> dict[SuggestionState, str]:
    """What became of a suggestion."""
    return {
        SuggestionState.WAITING: _("waiting"),
        SuggestionState.TAKEN: _("taken over"),
        SuggestionState.DECLINED: _("not taken over"),
    }
