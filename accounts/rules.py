"""Who people are here and what may be decided about them. Pure: no database, no clock, no web."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a person does on the platform; one person may have several."""

    STUDENT = "student"
    JUDGE = "judge"
    ORGANISER = "organiser"
    CURATOR = "curator"


class NameShown(StrEnum):
    """How much of a name the public sees: all of it, the given name with the country, or nothing."""

    FULL = "full"
    GIVEN = "given"
    HIDDEN = "hidden"


class Relation(StrEnum):
    """What a guardian is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"


def is_signed_in(person: Any, _thing: Any) -> bool:
    """Somebody, not nobody."""
    return bool(person.is_authenticated)


def is_organiser(person: Any, _thing: Any) -> bool:
    """Runs the country's stage."""
    return bool(person.is_authenticated and person.has_role(Role.ORGANISER))


def is_curator(person: Any, _thing: Any) -> bool:
    """Looks after the record and the catalogue."""
    return bool(person.is_authenticated and person.has_role(Role.CURATOR))


PERMISSIONS: Mapping[str, Any] = {
    "account.own": [[is_signed_in]],
    "consent.edit": [[is_organiser]],
}
