"""The answer of a verb kept under the form's key, so that a double click or a resent form acts once."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.gate.errors import KeyReused
from workbench.store.base import Base
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE, Vault


class KeptAnswer(Base):
    """A verb's result under `actor|verb|key`, sealed, with a fingerprint of the inputs."""

    __tablename__ = "kept_answers"
    key: Mapped[str] = mapped_column(primary_key=True)
    inputs: Mapped[bytes]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    sealed: Mapped[bytes] = mapped_column(Envelope)


def fingerprint(vault: Vault, inputs: Mapping[str, Any]) -> bytes:
    """A keyed hash of the inputs: tells equal from different and nothing else."""
    text = json.dumps(inputs, sort_keys=True, default=lambda value: hashlib.sha256(repr(value).encode()).hexdigest())
    return vault.token("inputs", text)


def kept_answer(session: Session, vault: Vault, key: str, inputs: bytes) -> bytes | None:
    """The JSON answered before under this key, or None.

    Raises:
        KeyReused: the key was used with other inputs.
    """
    kept = session.get(KeptAnswer, key)
    if kept is None:
        return None
    if bytes(kept.inputs) != inputs:
        raise KeyReused
    return vault.open(PRACTICE, f"kept_answers|{key}", kept.sealed)


def keep_answer(session: Session, vault: Vault, key: str, inputs: bytes, answer: bytes, now: datetime) -> None:
    """Keep the JSON answer in the same transaction as what it answers for."""
    sealed = vault.seal(PRACTICE, f"kept_answers|{key}", answer)
    session.add(KeptAnswer(key=key, inputs=inputs, answered_at=now, sealed=sealed))


def forget_answers(session: Session, *, before: datetime) -> int:
    """Delete answers kept earlier than this instant; how many there were."""
    result = session.execute(delete(KeptAnswer).where(KeptAnswer.answered_at < before))
    return int(getattr(result, "rowcount", 0))
