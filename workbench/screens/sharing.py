"""What staff see of sharing: the practice's rules, and of one record what the person sees and what not."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.paper.leaf import KIND_WORDS, RecordKind
from workbench.people.tables import Patient
from workbench.releases.sharing import GROUND_WORDS, MOST_DAYS, Standing, decisions_of, rules_of
from workbench.releases.sharing_tables import SharingMode
from workbench.screens.account_names import account_names
from workbench.screens.shared_records import SharedLeaf, shared_records

__all__ = [
    "GROUND_WORDS", "MOST_DAYS", "RuleShown", "SharingLine", "SharingMode", "SharingOfPatient", "Standing",
    "sharing_of", "sharing_rules",
]  # fmt: skip


@dataclass(frozen=True)
class RuleShown:
    """What holds for a kind. kind, mode: stored."""

    kind: str
    words: str
    mode: str
    days: int
    why: str


@dataclass(frozen=True)
class SharingLine:
    """A signed record and how it stands towards the person. ground: in words. why, decided_by: of what was decided."""

    kind: str
    record_id: str
    kind_words: str
    title: str
    on: date
    standing: str
    from_on: date | None
    ground: str
    why: str
    decided_by: str


@dataclass(frozen=True)
class SharingOfPatient:
    """number: of the file. lines: the newest first."""

    patient_name: str = ""
    number: int = 0
    lines: tuple[SharingLine, ...] = ()


@view(Permission.SET_SHARING, shows=AuditEvent.SHARING_RULES_SEEN)
def sharing_rules(look: Look) -> tuple[RuleShown, ...]:
    """Of every kind."""
    held = rules_of(look)
    return tuple(
        RuleShown(kind.value, KIND_WORDS[kind], held[kind].mode.value, held[kind].days, held[kind].why)
        for kind in RecordKind
    )


@view(Permission.DECIDE_SHARING, shows=AuditEvent.SHARING_SEEN, on=Patient)
def sharing_of(look: Look, patient: Patient) -> SharingOfPatient:
    """What the person sees of their signed records, and what not."""
    look.shown(patient.id)
    decided = decisions_of(look, patient.id)
    names = account_names(look, {one.decided_by for one in decided.values()})

    def line(one: SharedLeaf) -> SharingLine:
        said, ground = decided.get(one.leaf.record_id), one.shared.ground
        return SharingLine(
            one.leaf.kind.value, one.leaf.record_id, KIND_WORDS[one.leaf.kind], one.leaf.title, one.leaf.on,
            one.shared.standing.value, one.shared.from_on, GROUND_WORDS[ground] if ground else "",
            said.told.words if said else "", names.get(said.decided_by, "") if said else "",
        )  # fmt: skip

    # As a representative would see it: what is kept from them alone is told as withheld, with its ground.
    lines = tuple(line(one) for one in shared_records(look, patient.id, is_self=False))
    return SharingOfPatient(patient.details.shown_name, patient.number, lines)
