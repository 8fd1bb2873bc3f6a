"""The desk where people sign in: what the edge asks of accounts. It decides nothing; actions and queries do."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.accounts import passwords, queries
from workbench.accounts.proofs import Device, PasskeyShown
from workbench.accounts.rules import Enrolment, Login, Opened, SignedIn
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY
from workbench.gate.presence import note_input


@dataclass(frozen=True)
class AccountVerbs:
    """The verbs of `workbench.actions.accounts`, given by whoever composes, so that this room needs to know none."""

    open_session: Callable[..., Opened]
    refuse_sign_in: Callable[..., Any]
    end_session: Callable[..., Any]
    prove_again: Callable[..., Opened]
    add_passkey: Callable[..., Any]
    replace_authenticator: Callable[..., Any]
    issue_recovery_codes: Callable[..., Any]
    change_password: Callable[..., Any]
    redeem_sign_in_link: Callable[..., Any]
    words_of_account: Callable[..., tuple[str, ...]]
    words_of_link: Callable[..., tuple[str, ...]]


class SignInDesk:
    """The desk of one practice. What takes a password is slow and runs in the pool."""

    def __init__(self, gate: Gate, verbs: AccountVerbs) -> None:
        self._gate, self._verbs = gate, verbs
        self._pepper = gate.store.vault.service_key("pepper")
        self._no_password = passwords.unmatchable_hash()

    def login_of(self, email: str, device_hash: str) -> Login:
        """The account of an address, or one that nothing matches."""
        return queries.login_of(self._gate, email, device_hash, no_password=self._no_password)

    def password_matches(self, kept: str, password: str) -> bool:
        """Slow. Whether this is the password."""
        return passwords.matches(self._pepper, kept, password)

    def new_hash(self, password: str, context: Collection[str]) -> str:
        """Slow. The hash of a password that may be set.

        Raises:
            PasswordUnfit: it may not.
        """
        return passwords.hash_password(self._pepper, password, context)

    def words_of_link(self, token: str, now: datetime) -> tuple[str, ...]:
        """What the password of whom this link lets in may not be made of."""
        return self._verbs.words_of_link(self._gate, token=token, now=now)

    def words_of_account(self, user_id: str) -> tuple[str, ...]:
        """What this account's password may not be made of."""
        return self._verbs.words_of_account(self._gate, user_id=user_id)

    def rehash(self, kept: str, password: str) -> str:
        """Slow if it does anything. The right password's hash with today's parameters; "" if it has them."""
        return passwords.rehash(self._pepper, password) if passwords.is_outdated(kept) else ""

    def open_session(self, user_id: str, now: datetime, **shown: Any) -> Opened:
        """Second factor and session in one transaction, or a refusal."""
        return self._verbs.open_session(self._gate, NOBODY, user_id, now=now, **shown)

    def refuse(self, user_id: str, why: str, now: datetime, address: str = "") -> None:
        """Write down a try that went no further, and count it."""
        self._verbs.refuse_sign_in(self._gate, NOBODY, now=now, user_id=user_id, why=why, address=address)

    def end_session(self, signed_in: SignedIn, now: datetime) -> None:
        """End a live session."""
        self._verbs.end_session(self._gate, signed_in.actor, signed_in.session_id, now=now)

    def prove_again(
        self, signed_in: SignedIn, now: datetime, code: str = "", passkey: PasskeyShown | None = None
    ) -> Opened:
        """The same session, fresh again, under another token."""
        return self._verbs.prove_again(
            self._gate, signed_in.actor, signed_in.session_id, now=now, code=code, passkey=passkey
        )

    def live(self, hashes: Collection[str], now: datetime) -> Mapping[str, SignedIn]:
        """The live sessions among these hashes."""
        return queries.live_sessions(self._gate, hashes, now)

    def note_input(self, session_hash: str, at: datetime) -> None:
        """A person did something."""
        note_input(self._gate.store, session_hash, at)

    def owner_of_passkey(self, credential_id: bytes) -> str:
        """Whose passkey it is, or ""."""
        return queries.owner_of_passkey(self._gate, credential_id)

    def redeem_link(self, token: str, password_hash: str, now: datetime, device: Device) -> Opened | None:
        """Use a link up; the session it opens, or None for who signs in with the factor they have."""
        done = self._verbs.redeem_sign_in_link(
            self._gate, NOBODY, now=now, token=token, password_hash=password_hash, device=device
        )
        opened: Opened | None = done.opened
        return opened

    def enrolment_of(self, signed_in: SignedIn) -> Enrolment:
        """What the pages that set up a factor need to know."""
        return queries.enrolment_of(self._gate, signed_in.actor.user_id)

    def add_passkey(self, signed_in: SignedIn, shown: PasskeyShown, label: str, now: datetime) -> None:
        """Add a passkey to one's own account."""
        self._verbs.add_passkey(self._gate, signed_in.actor, signed_in.actor.user_id, now=now, shown=shown, label=label)

    def replace_authenticator(self, signed_in: SignedIn, seed: str, code: str, now: datetime) -> None:
        """Let codes of this seed count, and no others."""
        self._verbs.replace_authenticator(
            self._gate, signed_in.actor, signed_in.actor.user_id, now=now, seed=seed, code=code
        )

    def issue_recovery_codes(self, signed_in: SignedIn, now: datetime) -> tuple[str, ...]:
        """New recovery codes, to be shown once."""
        done = self._verbs.issue_recovery_codes(self._gate, signed_in.actor, signed_in.actor.user_id, now=now)
        return tuple(done.codes)

    def change_password(self, signed_in: SignedIn, password_hash: str, now: datetime) -> tuple[str, ...]:
        """Set the new password; the hashes of the sessions that ended with it."""
        done = self._verbs.change_password(
            self._gate, signed_in.actor, signed_in.actor.user_id, now=now, password_hash=password_hash
        )
        return tuple(done.ended)
