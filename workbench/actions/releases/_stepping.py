"""One more step of a request to amend. Shared by the verbs of this area."""

from datetime import date

from workbench.actions.releases._records import record_of
from workbench.gate.work import Work
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Patient, Staff
from workbench.releases.amendment_tables import AmendmentRequest, AmendmentStep, StepKind, StepText
from workbench.releases.amendments import OTHER, StepNotNow, cases, check_step


class TakenMeanwhile(StepNotNow):
    """Two did the same at once."""

    def __init__(self) -> None:
        super().__init__("Somebody did this meanwhile. The page shows it.")


TWICE = {
    "amendment_steps.request_id": TakenMeanwhile, "uq_amendment_steps_request_id": TakenMeanwhile,
    "uq_amendment_steps_request_id_kind": TakenMeanwhile, "uq_amendment_steps_request_id_decision": TakenMeanwhile,
}  # fmt: skip
"""How the database says that a step was taken before."""


def take_step(
    work: Work, request: AmendmentRequest, kind: StepKind, told: StepText, *, ground: str = "",
    due_on: date | None = None, addendum_id: str = "",
) -> AmendmentStep:  # fmt: skip
    """Keep it.

    Raises:
        StepNotNow: the request stands otherwise.
    """
    check_now(work, request, kind)
    is_answer = kind in (StepKind.ACCEPTED, StepKind.DENIED)
    step = AmendmentStep(
        request_id=request.id, patient_id=request.patient_id, kind=kind, decision=1 if is_answer else None,
        ground=ground, due_on=due_on, addendum_id=addendum_id, said_as=_named(work, kind, request), at=work.now,
        by=work.actor.user_id, told=told,
    )  # fmt: skip
    work.add(step)
    work.flush()
    return step


def check_now(work: Work, request: AmendmentRequest, kind: StepKind) -> None:
    """Whether the step may be taken now.

    Raises:
        StepNotNow. NotFound: it is about a record that is not there for the actor.
    """
    if request.kind != OTHER:
        record_of(work, RecordKind(request.kind), request.record_id)
    (case,) = cases(work, AmendmentRequest.id == request.id)
    check_step(case, kind, work.today)


def _named(work: Work, kind: StepKind, request: AmendmentRequest) -> str:
    """Whose words they are: a statement of disagreement is the person's, whoever writes it down."""
    if kind is StepKind.DISAGREED:
        return work.get(Patient, request.patient_id).details.shown_name
    return work.get(Staff, work.actor.person_id).details.shown_name
