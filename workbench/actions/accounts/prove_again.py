"""Show a factor again in a session that is open: what asks for it may be done for five minutes."""

import secrets

from workbench.accounts.proofs import Factor, PasskeyShown, Proof
from workbench.accounts.proving import prove
from workbench.accounts.rules import Opened, SignInRefused
from workbench.accounts.tables import SessionProof, User, UserSession
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token


@action(Permission.PROVE_AGAIN, on=UserSession)
def prove_again(work: Work, session: UserSession, *, code: str = "", passkey: PasskeyShown | None = None) -> Opened:
    """The same session under a new token, with its factor shown just now. Recovery codes do not count here.

    Raises:
        SignInRefused: the code is wrong, too old, or was used before. FactorWaits, FactorOff, PasskeyRefused.
    """
    shown = prove(work, work.get(User, session.user_id), Proof(code, "", passkey))
    proof = work.get(SessionProof, session.id)
    if proof.factor == Factor.PASSKEY and shown is not Factor.PASSKEY:
        raise SignInRefused  # whoever came in by passkey does not become more certain by less
    proof.factor, proof.proven_at = shown, work.now
    token = secrets.token_urlsafe(32)
    session.token_hash = hash_of_token(token)
    work.record(AuditEvent.SESSION_PROVEN, factor=shown)
    return Opened(token, session.token_hash, (), proof.owes)
