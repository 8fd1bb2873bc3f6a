"""Rows of accounts, what they sign in with, the roles they hold and their sessions. Secrets are in sealed documents."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.rules import AccountState
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


@dataclass(frozen=True)
class UserSecrets:
    """The address a person signs in with and the hash of their password (Argon2id, in its own text form)."""

    email: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class AuthenticatorSecret:
    """The seed a code generator was set up with (base32, 160 bits), and what the person calls the device."""

    seed: str = field(repr=False)
    label: str = ""


@dataclass(frozen=True)
class PasskeySecret:
    """What a passkey is known by (base64url) and what the person calls it."""

    credential_id: str
    public_key: str
    label: str


class AuthenticatorKind(StrEnum):
    """Kinds of second factor. Stored values."""

    TOTP = "totp"


class User(Base):
    """An account. `person_id` is the staff or patient it belongs to; `name_token` finds it by its address, blind.

    ends_at: from this instant it opens nothing, whatever its state says; null while no end is set.
    """

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("usr"))
    person_id: Mapped[str] = mapped_column(unique=True)
    key_owner: Mapped[str]
    name_token: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    state: Mapped[str] = mapped_column(default=AccountState.ACTIVE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    secrets = SealedDocument(UserSecrets, owner="key_owner")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def staff_concerned(self) -> frozenset[str]:
        """One's own account."""
        return frozenset({self.person_id})

    def patients_concerned(self, session: Session) -> frozenset[str]:  # noqa: ARG002
        """The patient, if it is a patient's account."""
        return frozenset({self.person_id}) if self.person_id.startswith("pat_") else frozenset()


class RoleGrant(Base):
    """A role held from `granted_at` until before `ended_at` (open if null)."""

    __tablename__ = "role_grants"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rol"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str]
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "user_id"),)


class Authenticator(Base):
    """A second factor. `last_step`: the newest time step whose code was used, so that no code works twice. Ended is
    for good.

    The step only grows: the version column lets one of two simultaneous posts win, on either engine.
    """

    __tablename__ = "authenticators"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("aut"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    key_owner: Mapped[str]
    kind: Mapped[str] = mapped_column(default=AuthenticatorKind.TOTP)
    last_step: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    secret = SealedDocument(AuthenticatorSecret, owner="key_owner")

    __table_args__ = (Index(None, "user_id"), CheckConstraint("last_step >= 0", name="step"))
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class UserSession(Base):
    """A session. The token itself is only in the person's cookie; here is its SHA-256."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ses"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_input_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "user_id"),)

    def staff_concerned(self) -> frozenset[str]:
        """One's own session."""
        return frozenset({self.person_id})


class SessionProof(Base):
    """How the person of a session last proved who they are, and from where. `owes`: see `proofs.Owed`."""

    __tablename__ = "session_proofs"
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    factor: Mapped[str]
    proven_at: Mapped[datetime] = mapped_column(UtcDateTime)
    owes: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")
    network: Mapped[str] = mapped_column(default="")


class Passkey(Base):
    """A passkey or security key. `credential_hash` finds it: SHA-256 (hex) of the credential id. Ended is for good."""

    __tablename__ = "passkeys"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pky"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[str]
    key_owner: Mapped[str]
    credential_hash: Mapped[str] = mapped_column(unique=True)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    secret = SealedDocument(PasskeySecret, owner="key_owner")

    __table_args__ = (Index(None, "user_id"),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def staff_concerned(self) -> frozenset[str]:
        """One's own passkey."""
        return frozenset({self.person_id})


class RecoveryCode(Base):
    """A code that lets its person in once. It has 120 random bits, so a keyed hash keeps it well enough."""

    __tablename__ = "recovery_codes"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rec"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    code_token: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "user_id"),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class KnownDevice(Base):
    """A browser in which the person signed in before, by the hash of its cookie. Proves nothing; see `Throttle`."""

    __tablename__ = "known_devices"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("dev"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[str]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("user_id", "token_hash"),)


class SignInLink(Base):
    """A link by which its person chooses a password, once. `token_hash`: SHA-256 (hex) of the 256 bits in it.

    issued_by: the person who hands it over, never the one it is for. ended_at: a newer one took its place.
    """

    __tablename__ = "sign_in_links"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("lnk"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str]
    identity_checked: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "user_id"), CheckConstraint("issued_by <> person_id", name="by_another"))
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Tries(Base):
    """Wrong tries in a row: with an address (`key` is its blind token, hex, account or none) or at an authenticator
    (`key` is its id). `off_at`: since when too many were wrong and the authenticator counts for nothing."""

    __tablename__ = "sign_in_tries"
    key: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccountNotice(Base):
    """Something the person of an account must hear of: a factor was added, a password changed."""

    __tablename__ = "account_notices"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ntc"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "user_id", "at"),)


def key_owner_of(person_id: str) -> str:
    """Whose key seals an account's secrets: a patient's own, so that erasing the patient erases the account too."""
    return person_id if person_id.startswith("pat_") else PRACTICE
