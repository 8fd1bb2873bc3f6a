"""Co-sign a supervisee's note: it is locked for good, and what the session costs is charged with it."""

from dataclasses import dataclass
from datetime import datetime

from workbench.actions.charting._charging import charge_session
from workbench.charting.cosigning import cosign
from workbench.charting.rules import NoteLocked
from workbench.charting.tables import Note
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import ChargeId
from workbench.ledger.book import REFUSES
from workbench.people.tables import Staff


@dataclass(frozen=True)
class NoteCosigned:
    """The locked note. charge_id: None where nothing is charged, and `held_because` says why."""

    cosigned_at: datetime
    cosigned_as: str
    charge_id: ChargeId | None
    held_because: str


@action(Permission.COSIGN, on=Note, refuses={"note_locked": NoteLocked, **REFUSES})
def cosign_note(work: Work, note: Note, *, attested: str) -> NoteCosigned:
    """attested: what the supervisor vouches for: reviewed, discussed or present.

    Raises:
        NotInReview, NotTheirSupervisor, AttestationMissing.
    """
    cosign(work, note, attested, work.get(Staff, work.actor.person_id).details.shown_name)
    work.flush()
    charge_id, held_because = charge_session(work, note)
    work.record(
        AuditEvent.NOTE_COSIGNED, author_id=note.author_id, attested=note.attested, charge_id=charge_id or "",
        held_because=held_because, content_hash=bytes(note.content_hash).hex(),
    )  # fmt: skip
    return NoteCosigned(work.now, note.cosigned_as, charge_id, held_because)
