"""Shapes of what collectors say: of what is theirs, of what they show, to each other."""

from stamps.collections.forms.others import CollectorForm, MessageForm
from stamps.collections.forms.own import (
    CopyForm,
    EntryForm,
    ListForm,
    NewListForm,
    PictureForm,
    QuickCopyForm,
    WantForm,
)

__all__ = [
    "CollectorForm",
    "CopyForm",
    "EntryForm",
    "ListForm",
    "MessageForm",
    "NewListForm",
    "PictureForm",
    "QuickCopyForm",
    "WantForm",
]
