"""Passwords: argon2id, checked in the same time whether or not the person exists. Slow on purpose: call before a transaction."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

# OWASP's second recommendation for argon2id: 19 MiB, two rounds, one lane (about 22 ms measured).
MEMORY_KIB = 19 * 1024
ROUNDS = 2
# Read aloud over a telephone without l, I, 1, o, 0.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def hasher() -> PasswordHasher:
    """The hasher with this program's cost."""
    return PasswordHasher(
        time_cost=current_app.config.get("ARGON2_ROUNDS", ROUNDS),
        memory_cost=current_app.config.get("ARGON2_MEMORY_KIB", MEMORY_KIB),
        parallelism=1,
    )


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return hasher().hash(_spelled(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether the password is the one kept; with nothing kept it takes as long and says no."""
    try:
        return hasher().verify(kept or _nobody(), _spelled(password)) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_new_hash(kept: str) -> bool:
    """Whether it was kept at another cost than today's."""
    return hasher().check_needs_rehash(kept)


def generated() -> str:
    """A password to write down: three groups of four, about 60 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _sign in range(4)) for _group in range(3))


def _spelled(password: str) -> str:
    """One spelling of the same signs: keyboards differ in how they send `ế`."""
    return unicodedata.normalize("NFKC", password)


def _nobody() -> str:
    kept = current_app.extensions.setdefault("temthu_nobody", None) or hash_of(secrets.token_hex(8))
    current_app.extensions["temthu_nobody"] = kept
    return str(kept)
