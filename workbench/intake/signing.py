"""What somebody in care signs, and what exactly their signature is bound to. Pure: no clock, no database.

An electronic signature counts like one in ink where the signer meant to sign and agreed to do it electronically, with
paper offered (15 USC 7001(a), (c); 15 USC 7006(5)). What was shown is what is signed: its hash comes
back with the form.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any, Final

from workbench.intake.tables import OwnResponse, OwnSignature, OwnState
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import microseconds

SELF: Final = "self"
LONGEST_NAME: Final = 120
LONGEST_REASON: Final = 2_000
STATEMENTS: Final = {
    "en": "I have read this text. By typing my name and pressing the button I sign it electronically, and I mean this "
    "to count like my signature on paper. I know that I may sign on paper instead, that I may have a copy on paper, "
    "and that I can stop signing electronically at any time by telling the practice.",
    "es": "He leído este texto. Al escribir mi nombre y presionar el botón lo firmo electrónicamente, y quiero que "
    "valga como mi firma en papel. Sé que puedo firmar en papel si lo prefiero, que puedo recibir una copia en papel "
    "y que puedo dejar de firmar electrónicamente en cualquier momento avisando al consultorio.",
}
"""By language: what is agreed to by signing, in our own words. Each signature keeps those it was given under."""


class SignatureUnclear(WorkbenchError):
    """Something of the signature is missing. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class TextChanged(WorkbenchError):
    """What is kept now is not what was shown."""

    def __init__(self) -> None:
        super().__init__("The answers have changed since this page was opened. Please read them again before you sign.")


class OwnLocked(WorkbenchError):
    """It is signed, sent or refused; it never changes again."""

    def __init__(self) -> None:
        super().__init__("This is finished and stays as it is.")


class GuardianSigns(WorkbenchError):
    """The form is for a parent or guardian."""

    def __init__(self) -> None:
        super().__init__("A parent or guardian signs this form. Please ask the practice if you are unsure.")


class PacketWithdrawn(WorkbenchError):
    """The packet was taken back, so nothing more is asked."""

    def __init__(self) -> None:
        super().__init__("The practice does not ask for this any more. Nothing else is needed.")


def check_draft(row: OwnResponse) -> None:
    """Whether it may still be written in.

    Raises:
        OwnLocked.
    """
    if row.state != OwnState.DRAFT:
        raise OwnLocked


def shown_hash(row: OwnResponse) -> str:
    """SHA-256 of what stands on the page that is signed: the exact form and the answers to it."""
    return _digest({"v": 1, "form": row.hash, "id": row.id, "response": row.answered.response})


def content_hash(row: OwnResponse) -> str:
    """SHA-256 of what was signed: the answers, the exact form, about whom, by whom, how, in which words and when."""
    if row.signed_at is None:
        raise ValueError("this is not signed")
    told = row.answered
    return _digest({
        "v": 1, "form": row.hash, "id": row.id, "patient": row.patient_id, "person": row.person_id, "state": row.state,
        "signed_us": microseconds(row.signed_at), "response": told.response,
        "signature": asdict(told.signature) if told.signature else None,
    })  # fmt: skip


def checked_signature(
    *, name: str, relation: str, language: str, network: str, agreed: bool, reason: str = "", refuses: bool = False
) -> OwnSignature:
    """A signature as it is kept.

    Raises:
        SignatureUnclear: no name, no agreement, or no reason of a refusal.
    """
    problems = {}
    if not refuses and not any(letter.isalpha() for letter in name):
        problems["name"] = "Please type your full name."
    elif len(name) > LONGEST_NAME:
        problems["name"] = f"At most {LONGEST_NAME} letters."
    if not refuses and not agreed:
        problems["agreed"] = "Please tick this to sign here, or ask for paper."
    if refuses and not 0 < len(reason.strip()) <= LONGEST_REASON:
        problems["reason"] = f"Please say why, in at most {LONGEST_REASON:,} letters."
    if problems:
        raise SignatureUnclear(problems)
    statement = "" if refuses else STATEMENTS[language]
    return OwnSignature(" ".join(name.split()), relation, language, statement, network[:64], reason.strip())


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
