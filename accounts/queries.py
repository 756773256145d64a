"""Every SELECT about people."""

from datetime import datetime

from sqlalchemy import select

from accounts.models import Consent, ConsentText, Person, PersonRole, SignInAttempt
from accounts.rules import Role, user_name_of
from core.db import db


def person(person_id: int) -> Person | None:
    """By id."""
    return db.session.get(Person, person_id)


def person_by_name(user_name: str) -> Person | None:
    """By user name, however it was typed."""
    return db.session.scalar(select(Person).where(Person.user_name == (user_name_of(user_name) or "")))


def person_by_email(email: str) -> Person | None:
    """By e-mail address."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person_of_session(session_key: str) -> Person | None:
    """Whom a session cookie speaks of."""
    return db.session.scalar(select(Person).where(Person.session_key == session_key))


def persons_with(role: Role) -> list[Person]:
    """Everybody with a role, by user name."""
    query = select(Person).join(PersonRole).where(PersonRole.role == role)
    return list(db.session.scalars(query.order_by(Person.user_name)))


def attempts_for(user_name: str, *, since: datetime, besides: int) -> list[datetime]:
    """When signing in with a name was tried lately in vain, besides the attempt of this id."""
    query = select(SignInAttempt.at).where(SignInAttempt.user_name == user_name, SignInAttempt.at >= since)
    return list(db.session.scalars(query.where(SignInAttempt.id != besides)))


def attempts_from(network: str, *, since: datetime, besides: int) -> list[datetime]:
    """When signing in from a network was tried lately in vain, besides the attempt of this id."""
    query = select(SignInAttempt.at).where(SignInAttempt.network == network, SignInAttempt.at >= since)
    return list(db.session.scalars(query.where(SignInAttempt.id != besides)))


def latest_consent_text() -> ConsentText | None:
    """The wording guardians are asked to agree to now."""
    return db.session.scalar(select(ConsentText).order_by(ConsentText.version.desc()).limit(1))


def consent_texts() -> list[ConsentText]:
    """Every wording there ever was, newest first."""
    return list(db.session.scalars(select(ConsentText).order_by(ConsentText.version.desc())))


def consents_of(person: Person) -> list[Consent]:
    """Every yes given for a person, newest first."""
    query = select(Consent).where(Consent.person_id == person.id)
    return list(db.session.scalars(query.order_by(Consent.id.desc())))


def consent(consent_id: int) -> Consent | None:
    """By id."""
    return db.session.get(Consent, consent_id)
