"""Who co-signs whom, and what a co-signature vouches for.

Source: payers' rules for services of unlicensed staff (a licensed supervisor signs too); 42 CFR 410.26 for incident-to.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from sqlalchemy import Select, or_, select

from workbench.charting.review_tables import ReturnedFor
from workbench.charting.tables import NoteState
from workbench.gate.relations import Supervision
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

LONGEST_COMMENT: Final = 2_000


class Attested(StrEnum):
    """What a supervisor vouches for. Stored values."""

    REVIEWED = "reviewed"
    DISCUSSED = "discussed"
    PRESENT = "present"


ATTESTED_WORDS: Final = {
    Attested.REVIEWED: "I read this record and agree with it.",
    Attested.DISCUSSED: "I read this record, discussed the care with its author and agree with it.",
    Attested.PRESENT: "I was present for the key part of the service and agree with this record.",
}


class InReview(WorkbenchError):
    """It is signed and waits for its co-signature."""

    def __init__(self) -> None:
        super().__init__("This is signed and waits for its co-signature. Your supervisor returns it to be revised.")


class NotInReview(WorkbenchError):
    """It waits for nobody."""

    def __init__(self) -> None:
        super().__init__("This does not wait for a co-signature any more.")


class NotTheirSupervisor(WorkbenchError):
    """Only who supervises the author co-signs."""

    def __init__(self) -> None:
        super().__init__("Only who supervises the author co-signs this.")


class AttestationMissing(WorkbenchError):
    """A co-signature says what it vouches for."""

    def __init__(self) -> None:
        super().__init__("Say what you vouch for.")
        self.fields = {"attested": str(self)}


class CommentMissing(WorkbenchError):
    """The author has to know what to revise."""

    def __init__(self) -> None:
        super().__init__(f"Say what is to be revised, in at most {LONGEST_COMMENT:,} letters.")
        self.fields = {"comment": str(self)}


def supervised_by(supervisor_id: str, on: date) -> Select[str]:
    """Whom this person supervises on a day."""
    return select(Supervision.supervisee_id).where(
        Supervision.supervisor_id == supervisor_id, Supervision.from_on <= on,
        or_(Supervision.until_on.is_(None), Supervision.until_on > on),
    )  # fmt: skip


def supervisees(rows: Work | Look, supervisor_id: str) -> frozenset[str]:
    """Whom this person supervises today."""
    return frozenset(rows.scalars(supervised_by(supervisor_id, rows.today)))


class Cosignable(Protocol):
    """A note or a form as far as its second signature goes; its states have the same names either way."""

    author_id: str
    state: str
    cosigned_at: datetime | None
    cosigner_id: str
    cosigned_as: str
    attested: str


def cosign(work: Work, row: Cosignable, attested: str, signed_as: str) -> None:
    """The second signature, which locks it.

    Raises:
        NotTheirSupervisor, NotInReview, AttestationMissing.
    """
    check_waits_for(work, row)
    row.attested = attestation(attested).value
    row.cosigned_at, row.cosigner_id, row.cosigned_as = work.now, work.actor.person_id, signed_as
    row.state = NoteState.LOCKED


def check_waits_for(work: Work, row: Cosignable) -> None:
    """Whether it waits for the actor, who supervises its author; nobody co-signs themselves.

    Raises:
        NotTheirSupervisor, NotInReview.
    """
    if row.author_id == work.actor.person_id or row.author_id not in supervisees(work, work.actor.person_id):
        raise NotTheirSupervisor
    if row.state != NoteState.REVIEW:
        raise NotInReview


class Signed(Cosignable, Protocol):
    """What is signed and waits, with what is taken back when it is given back."""

    patient_id: str
    signed_at: datetime | None
    signed_as: str


class GivenBack(Protocol):
    """The row that keeps what was given back."""

    patient_id: str
    supervisor_id: str
    returned_at: datetime
    signed_as: str
    signed_at: datetime
    told: ReturnedFor


def give_back(work: Work, row: Signed, kept: GivenBack, comment: str) -> None:
    """A draft again. That it was signed, as what and when, is kept with the comment in `kept`, which names the record.

    Raises:
        NotInReview, NotTheirSupervisor, CommentMissing.
    """
    check_waits_for(work, row)
    assert row.signed_at is not None
    kept.told = ReturnedFor(comment_of(comment))
    kept.patient_id, kept.supervisor_id, kept.returned_at = row.patient_id, work.actor.person_id, work.now
    kept.signed_as, kept.signed_at = row.signed_as, row.signed_at
    row.state, row.signed_at, row.signed_as = NoteState.DRAFT, None, ""


def attestation(attested: str) -> Attested:
    """What a co-signature vouches for.

    Raises:
        AttestationMissing.
    """
    if attested not in Attested._value2member_map_:
        raise AttestationMissing
    return Attested(attested)


def comment_of(text: str) -> str:
    """What is to be revised.

    Raises:
        CommentMissing: it says nothing, or too much.
    """
    told = text.strip()
    if not 0 < len(told) <= LONGEST_COMMENT:
        raise CommentMissing
    return told
