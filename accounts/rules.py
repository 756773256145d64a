"""Who people are here and what may be decided about them. Pure: no database, no clock, no web."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Any

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
# Failed attempts that are let pass within ATTEMPTS_WINDOW: for one name, and from one network (a school shares one).
ATTEMPTS_FOR_A_NAME = 10
ATTEMPTS_FROM_A_NETWORK = 60
ATTEMPTS_WINDOW = timedelta(minutes=15)
# As long as the second click on “Make the account” may come after the first.
SECOND_CLICK = timedelta(minutes=1)
USER_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,38})[a-z0-9]")
# What people type first when they are told to think of a password.
COMMON_PASSWORDS = frozenset(
    [
        "12345678",
        "123456789",
        "1234567890",
        "87654321",
        "11111111",
        "00000000",
        "password",
        "password1",
        "qwertyui",
        "qwerty123",
        "matkhau1",
        "matkhau123",
        "iloveyou",
        "abcd1234",
        "abc12345",
        "1q2w3e4r",
        "88888888",
        "66666666",
        "anhyeuem",
        "motdepasse",
        "azertyui",
    ]
)


class Role(StrEnum):
    """What a person does on the platform; one person may have several."""

    STUDENT = "student"
    JUDGE = "judge"
    ORGANISER = "organiser"
    CURATOR = "curator"
    CLERK = "clerk"


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


def is_clerk(person: Any, _thing: Any) -> bool:
    """Stands at the counter: offers new issues for reserving and hands over what was reserved."""
    return bool(person.is_authenticated and person.has_role(Role.CLERK))


def user_name_of(typed: str) -> str | None:
    """A user name as we keep it: small letters a–z, digits, `.`, `_`, `-`, 3 to 40 of them; None if it cannot be.

    Children type their name as they write it: `Trần Mai` is kept and found as `tran.mai`.
    """
    apart = unicodedata.normalize("NFKD", typed.lower().replace("đ", "d"))
    name = ".".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())
    return name if USER_NAME.fullmatch(name) else None


def is_second_click(*, made_at: datetime, now: datetime) -> bool:
    """Whether an account is so young that the same name and password once more are the same act."""
    return now - made_at < SECOND_CLICK


def is_weak(password: str, *, user_name: str) -> bool:
    """Whether anybody would guess it: one of the commonest, two signs over and over, the user name or it with a number."""
    plain = password.lower()
    around_name = plain.split(user_name) if user_name else [plain]
    is_name = len(around_name) > 1 and all(part.isdecimal() or not part for part in around_name)
    return plain in COMMON_PASSWORDS or len(set(plain)) < 3 or is_name


def network_of(address: str) -> str:
    """The network an address belongs to: itself for IPv4, its /64 for IPv6, where one house has many."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{found}/{32 if found.version == 4 else 64}", strict=False).network_address)


def wait_before_sign_in(
    *, for_name: Sequence[datetime], from_network: Sequence[datetime], now: datetime
) -> timedelta | None:
    """How long to wait before the next attempt, or None if it may be made. Takes the moments of failed attempts."""
    waits = [
        left
        for moments, most in ((for_name, ATTEMPTS_FOR_A_NAME), (from_network, ATTEMPTS_FROM_A_NETWORK))
        if (left := _wait(moments, most, now)) is not None
    ]
    return max(waits, default=None)


def _wait(moments: Sequence[datetime], most: int, now: datetime) -> timedelta | None:
    recent = sorted(moment for moment in moments if now - moment < ATTEMPTS_WINDOW)
    return recent[-most] + ATTEMPTS_WINDOW - now if len(recent) >= most else None


def is_own(person: Any, consent: Any) -> bool:
    """The consent is about this person."""
    return bool(person.is_authenticated and consent.person_id == person.id)


PERMISSIONS: Mapping[str, Any] = {
    "account.own": [[is_signed_in]],
    "consent.see": [[is_own], [is_organiser]],
    "consent.withdraw": [[is_own], [is_organiser]],
    "consent_text.edit": [[is_organiser]],
    "person.manage": [[is_organiser]],
}
