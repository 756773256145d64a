"""Every write about people. Passwords come in hashed: hashing is slow and belongs before the transaction."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from accounts import queries
from accounts.models import Consent, ConsentText, Person, PersonRole, SignInAttempt
from accounts.rules import ATTEMPTS_WINDOW, NameShown, Relation, Role, user_name_of
from accounts.wording import FIRST_CONSENT
from core import jobs, journal
from core.db import db
from core.errors import Refused


def register_person(
    *,
    user_name: str,
    password_hash: str,
    roles: Iterable[Role],
    now: datetime,
    full_name: str = "",
    email: str = "",
    language: str = "",
    invented: bool = False,
) -> Person:
    """Make an account. Refuses a user name or e-mail that is taken or cannot be one."""
    name = user_name_of(user_name)
    if name is None:
        raise Refused("A user name has 3 to 40 small letters a–z, digits, dots or dashes.", field="user_name")
    if queries.person_by_name(name):
        raise _name_taken()
    person = Person(
        user_name=name,
        full_name=full_name.strip(),
        email=_free_email(email, besides=None),
        password_hash=password_hash,
        session_key=secrets.token_hex(16),
        language=language,
        created_at=now,
        invented=invented,
        role_rows=[PersonRole(role=role) for role in dict.fromkeys(roles)],
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as faster:  # a second click came first
        raise (_name_taken() if queries.person_by_name(name) else _email_taken()) from faster
    journal.write(who=person.id, act="person.registered", kind="person", thing=person.id, now=now)
    return person


def _name_taken() -> Refused:
    return Refused("This user name is taken; please choose another.", field="user_name")


def _email_taken() -> Refused:
    return Refused("This e-mail address belongs to another account.", field="email")


def _free_email(email: str, *, besides: Person | None) -> str | None:
    address = email.strip().lower()
    if not address:
        return None
    if queries.person_by_email(address) not in (None, besides):
        raise _email_taken()
    return address


def add_role(*, person: Person, role: Role, by: Person | None, now: datetime) -> None:
    """Let a person do something more; what they may do already stays as it is."""
    if person.has_role(role):
        return
    person.role_rows.append(PersonRole(role=role))
    db.session.flush()
    _note(person, "person.role_added", by, now, role=role.value)


def change_password(*, person: Person, password_hash: str, by: Person | None, now: datetime) -> None:
    """Keep a new password and end every session that was signed in with the old one."""
    person.password_hash = password_hash
    person.session_key = secrets.token_hex(16)
    db.session.flush()
    _note(person, "person.password_changed", by, now)


def keep_new_hash(*, person: Person, password_hash: str) -> None:
    """The same password, kept at today's cost."""
    person.password_hash = password_hash
    db.session.flush()


def change_profile(*, person: Person, full_name: str, email: str, language: str, now: datetime) -> None:
    """What people may change of themselves."""
    address = _free_email(email, besides=person)
    try:
        with db.session.begin_nested():
            person.full_name, person.email, person.language = full_name.strip(), address, language
    except IntegrityError as faster:
        raise _email_taken() from faster
    _note(person, "person.profile_changed", person, now)


def count_attempt(*, user_name: str, network: str, now: datetime) -> int:
    """Remember an attempt to sign in before it is looked at; forget those that no longer count. Gives its id."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_WINDOW))
    attempt = SignInAttempt(user_name=user_name, network=network, at=now)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def uncount_attempt(*, attempt_id: int) -> None:
    """An attempt that was turned away unseen does not lengthen the wait."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt_id))


def forget_failed_sign_ins(*, user_name: str) -> None:
    """Who has signed in starts afresh."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.user_name == user_name))


def write_consent_text(*, text_vi: str, text_en: str, text_fr: str, by: Person | None, now: datetime) -> ConsentText:
    """A new wording is a new version; consents given to the old one keep it. The same words again are the same version."""
    latest = queries.latest_consent_text()
    if latest and (latest.text_vi, latest.text_en, latest.text_fr) == (text_vi, text_en, text_fr):
        return latest
    version = latest.version + 1 if latest else 1
    text = ConsentText(version=version, text_vi=text_vi, text_en=text_en, text_fr=text_fr, since=now)
    db.session.add(text)
    db.session.flush()
    journal.write(who=by.id if by else None, act="consent_text.written", kind="consent_text", thing=version, now=now)
    return text


def give_consent(
    *, person: Person, guardian_name: str, relation: Relation, name_shown: NameShown, now: datetime
) -> Consent:
    """A guardian's yes to the wording of today, with its version and date."""
    text = queries.latest_consent_text()
    if text is None:
        raise Refused("The organiser has not yet written what guardians agree to.")
    consent = Consent(
        person_id=person.id,
        version=text.version,
        guardian_name=guardian_name.strip(),
        relation=relation,
        name_shown=name_shown,
        given_at=now,
    )
    db.session.add(consent)
    db.session.flush()
    _note(person, "consent.given", person, now, version=text.version, consent=consent.id)
    return consent


def withdraw_consent(*, consent: Consent, by: Person, now: datetime) -> None:
    """The guardian's no. Twice is once; the day of the first stays.

    Whoever shows the child's name to the public (`contest/results`) handles the job and takes it down.
    """
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        db.session.flush()
        jobs.enqueue("consent.withdrawn", consent_id=consent.id)
        _note(consent.person, "consent.withdrawn", by, now, consent=consent.id)


def _note(person: Person, act: str, by: Person | None, now: datetime, **details: object) -> None:
    journal.write(who=by.id if by else None, act=act, kind="person", thing=person.id, now=now, **details)


def ensure_consent_text(*, now: datetime) -> None:
    """See to it that there is a wording, before the first guardian is asked."""
    if queries.latest_consent_text() is None:
        write_consent_text(**FIRST_CONSENT, by=None, now=now)
