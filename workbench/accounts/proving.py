"""Checks what a person shows against what their account has, and uses it up, within the verb's transaction."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Select, select

from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.passkeys import asserted, credential_id_of
from workbench.accounts.proofs import (
    WRONG_AT_ALL,
    Factor,
    FactorOff,
    FactorWaits,
    Owed,
    PasskeyShown,
    Proof,
    hash_of_credential,
    plain_recovery_code,
    wait_left,
)
from workbench.accounts.rules import SignInRefused, is_over, step_of_code
from workbench.accounts.tables import (
    Authenticator,
    AuthenticatorKind,
    Passkey,
    RecoveryCode,
    SessionProof,
    Tries,
    User,
    UserSession,
)
from workbench.gate.work import Work

RECOVERY_FIELD = "recovery code"


def prove(work: Work, user: User, proof: Proof) -> Factor:
    """Use the shown factor up, and say which it was.

    Raises:
        SignInRefused: it does not fit, or was used before. FactorWaits, FactorOff: too many wrong codes before it.
        PasskeyRefused: the passkey's answer does not hold.
    """
    if proof.passkey is not None:
        _by_passkey(work, user, proof.passkey)
        return Factor.PASSKEY
    if proof.recovery:
        _by_recovery_code(work, user, proof.recovery)
        return Factor.RECOVERY
    _by_code(work, user, proof.code)
    return Factor.TOTP


def count_wrong_code(work: Work, user: User) -> None:
    """Count a wrong code against each of the person's authenticators; at a hundred in a row they are switched off."""
    for authenticator in work.scalars(authenticators_of(user.id)):
        if count_wrong(work, authenticator.id) >= WRONG_AT_ALL:
            tries = work.get(Tries, authenticator.id)
            if tries.off_at is None:
                tries.off_at = work.now
                tell(work, user.id, NoticeKind.AUTHENTICATOR_OFF)


def count_wrong(work: Work, key: str) -> int:
    """One more wrong try under this key; how many there are in a row."""
    tries = work.scalar(select(Tries).where(Tries.key == key))
    if tries is None:
        tries = Tries(key=key, wrong=0, last_at=work.now)
        work.add(tries)
    tries.wrong, tries.last_at = tries.wrong + 1, work.now
    return int(tries.wrong)


def forgive(work: Work, key: str) -> None:
    """A right one: the count under this key starts afresh."""
    tries = work.scalar(select(Tries).where(Tries.key == key))
    if tries is not None:
        tries.wrong, tries.off_at = 0, None


def end_sessions(work: Work, user_id: str, *, keep: str = "", most: int = 0) -> tuple[str, ...]:
    """End the live sessions of an account but the newest `most`, and but the one with the id `keep`.

    Returns the token hashes of those ended, by which the server closes their pages.
    """
    query = select(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    rows = [row for row in work.scalars(query.order_by(UserSession.opened_at.desc(), UserSession.id)) if row.id != keep]
    live = [row for row in rows if not is_over(row.opened_at, row.last_input_at, work.now)]
    for row in live[most:]:
        row.ended_at = work.now
    return tuple(row.token_hash for row in live[most:])


def settle_owed(work: Work, user_id: str, owed: Collection[Owed]) -> None:
    """What was set up just now is owed no more, in any session of the account."""
    mine = select(UserSession.id).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    for proof in work.scalars(select(SessionProof).where(SessionProof.session_id.in_(mine))):
        if proof.owes in owed:
            proof.owes = Owed.NOTHING


def has_passkey(work: Work, user_id: str) -> bool:
    """Whether the account has a passkey that still counts."""
    return (
        work.scalar(select(Passkey.id).where(Passkey.user_id == user_id, Passkey.ended_at.is_(None)).limit(1))
        is not None
    )


def authenticators_of(user_id: str) -> Select[Authenticator]:
    """The account's code generators that count: one at most, as they are set up."""
    return select(Authenticator).where(
        Authenticator.user_id == user_id,
        Authenticator.kind == AuthenticatorKind.TOTP,
        Authenticator.ended_at.is_(None),
    )


def recovery_token(work: Work, user_id: str, plain: str) -> bytes:
    """What is kept of a recovery code: a keyed hash, bound to its account."""
    return work.vault.token(RECOVERY_FIELD, f"{user_id}|{plain}")


def _by_code(work: Work, user: User, code: str) -> None:
    """A step at or before the last used one is refused: a code works once."""
    fitting = None
    for authenticator in work.scalars(authenticators_of(user.id)):
        tries = work.scalar(select(Tries).where(Tries.key == authenticator.id))
        if tries is not None and tries.off_at is not None:
            raise FactorOff
        if tries is not None and (wait := wait_left(tries.wrong, tries.last_at, work.now)) > timedelta(0):
            raise FactorWaits(wait)
        step = step_of_code(authenticator.secret.seed, code, work.now)
        if step is not None and step > authenticator.last_step:
            fitting = authenticator, step
    if fitting is None:
        raise SignInRefused
    authenticator, authenticator.last_step = fitting
    forgive(work, authenticator.id)
    work.flush()  # with its version: of two posts at the same time the second finds the row changed


def _by_passkey(work: Work, user: User, shown: PasskeyShown) -> None:
    credential = hash_of_credential(credential_id_of(shown.answer))
    query = select(Passkey).where(
        Passkey.credential_hash == credential, Passkey.user_id == user.id, Passkey.ended_at.is_(None)
    )
    passkey = work.scalar(query)
    if passkey is None:
        raise SignInRefused
    passkey.sign_count = asserted(shown, passkey.secret.public_key, passkey.sign_count)
    passkey.last_used_at = work.now
    work.flush()


def _by_recovery_code(work: Work, user: User, typed: str) -> None:
    query = select(RecoveryCode).where(
        RecoveryCode.code_token == recovery_token(work, user.id, plain_recovery_code(typed)),
        RecoveryCode.used_at.is_(None),
        RecoveryCode.ended_at.is_(None),
    )
    code = work.scalar(query)
    if code is None:
        raise SignInRefused
    code.used_at = work.now
    tell(work, user.id, NoticeKind.RECOVERY_CODE_USED)
    work.flush()
