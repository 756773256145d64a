"""Tables of people: persons, their roles, guardians' consent, failed attempts to sign in. No decisions."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.rules import NameShown, Relation, Role
from core.db import Base, Instant, choice


class Person(UserMixin, Base):  # type: ignore[misc]
    """Somebody with an account. A user name is enough; e-mail is optional, since most children have none.

    `user_name` is kept in lower case. `session_key` changes with the password: it ends every
    session signed in before.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(String(64), unique=True)
    full_name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(256))
    session_key: Mapped[str] = mapped_column(String(32), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    invented: Mapped[bool] = mapped_column(default=False)
    role_rows: Mapped[list["PersonRole"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    def get_id(self) -> str:
        """What the session cookie carries: never the bare id, so that sessions can be ended."""
        return self.session_key

    @property
    def roles(self) -> frozenset[Role]:
        """Everything this person does here."""
        return frozenset(row.role for row in self.role_rows)

    def has_role(self, role: Role | str) -> bool:
        """Whether this person does that here."""
        return role in self.roles


class PersonRole(Base):
    """One role of one person."""

    __tablename__ = "person_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(choice(Role), primary_key=True)


class ConsentText(Base):
    """What guardians are asked to agree to. A version is never changed; a new wording is a new version."""

    __tablename__ = "consent_text"

    version: Mapped[int] = mapped_column(primary_key=True)
    text_vi: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    text_fr: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Instant)


class Consent(Base):
    """A guardian's yes for one child: who, to which version, when; withdrawn at any time, never deleted."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(ForeignKey("consent_text.version"))
    guardian_name: Mapped[str] = mapped_column(String(120))
    relation: Mapped[Relation] = mapped_column(choice(Relation))
    name_shown: Mapped[NameShown] = mapped_column(choice(NameShown))
    given_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship()
    text: Mapped[ConsentText] = relationship()


class SignInAttempt(Base):
    """A failed attempt to sign in: for which name, from where (an address shortened to its network), when."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_name", "user_name", "at"),
        Index("ix_sign_in_attempt_network", "network", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(String(64))
    network: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
