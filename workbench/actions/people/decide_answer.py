"""Take over into the file what somebody answered about themselves, or leave the file as it is."""

from dataclasses import dataclass, replace
from typing import Any

from workbench.actions.people._correcting import correct
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.consent_tables import AcceptedFact, ProposalDecision, ProposedAnswer
from workbench.intake.proposals import FIELDS, AlreadyDecided
from workbench.people.tables import Patient
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class AnswerDecided:
    """field: which part of the record; is_accepted: whether it says it now."""

    field: str
    is_accepted: bool


@action(
    Permission.DECIDE_ANSWER,
    on=ProposedAnswer,
    refuses={
        "pk_proposal_decisions": AlreadyDecided, "proposal_decisions.proposal_id": AlreadyDecided,
        "uq_patient_revisions_nth": StalePage, "uq_accepted_facts_nth": StalePage,
    },
)  # fmt: skip
def decide_answer(work: Work, proposal: ProposedAnswer, *, is_accepted: bool) -> AnswerDecided:
    """What belongs to the file's details is corrected by the same rule as by hand: checked, and with a revision.

    Raises:
        AlreadyDecided. NotFound: it is for who reads the chart. DetailsUnclear: the file does not take such a value.
        NothingCorrected: the file says it already.
    """
    field = FIELDS[proposal.field]
    if field.is_clinical and not work.allowed(Permission.READ_CHART, proposal):
        raise NotFound
    work.add(ProposalDecision(
        proposal_id=proposal.id, patient_id=proposal.patient_id, is_accepted=is_accepted, decided_at=work.now,
        decided_by=work.actor.user_id,
    ))  # fmt: skip
    work.flush()
    if is_accepted and field.of_file:
        patient = work.get(Patient, proposal.patient_id)
        changed: dict[str, Any] = {proposal.field: proposal.told.value}
        done = correct(work, patient, replace(patient.details, **changed))
        work.record(AuditEvent.PATIENT_CORRECTED, subject=patient, fields=" ".join(done.fields))
    elif is_accepted:
        of = (AcceptedFact.patient_id == proposal.patient_id, AcceptedFact.field == proposal.field)
        work.add(AcceptedFact(
            patient_id=proposal.patient_id, field=proposal.field, nth=next_nth(work, AcceptedFact.nth, *of),
            proposal_id=proposal.id, accepted_at=work.now, accepted_by=work.actor.user_id, told=proposal.told,
        ))  # fmt: skip
    event = AuditEvent.ANSWER_ACCEPTED if is_accepted else AuditEvent.ANSWER_DECLINED
    work.record(event, field=proposal.field)
    return AnswerDecided(proposal.field, is_accepted)
