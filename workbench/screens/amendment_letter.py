"""Letters to a person about their request to amend their record, as PDF (45 CFR 164.526(b)(2), (c)(2), (d)(1))."""

from typing import Literal

from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import spoken_day
from workbench.paper.sheet import Part, Sheet, Signature, pdf_of
from workbench.people.letterhead import about, from_whom
from workbench.people.tables import Patient
from workbench.releases.amendment_tables import AmendmentRequest, StepKind
from workbench.releases.amendments import GROUND_WORDS, MORE_DAYS, Case, DenialGround, cases
from workbench.screens.amendments import is_there
from workbench.screens.form_paper import FormFile
from workbench.screens.leaves import leaves_of


@view(Permission.SEE_AMENDMENTS, shows=AuditEvent.AMENDMENT_LETTER_MADE, on=AmendmentRequest)
def amendment_letter(look: Look, request: AmendmentRequest, *, kind: Literal["extended", "answered"]) -> FormFile:
    """The letter to the person: more time is taken, or the answer with their rights.

    Raises:
        NotFound: that step was not taken, or it is not there for the reader.
    """
    (case,) = cases(look, AmendmentRequest.id == request.id)
    step = case.step(StepKind.EXTENDED) if kind == "extended" else case.answer
    if step is None or not is_there(look, case, leaves_of(look, request.patient_id)):
        raise NotFound
    look.shown(request.patient_id)
    told = request.told
    opening = Part("words", text=(
        f"On {spoken_day(request.received_on)} you asked us to amend your record. "
        f"You said this is wrong: {told.wrong}\nBecause: {told.why}"
    ))  # fmt: skip
    parts = {
        StepKind.EXTENDED: _more_time, StepKind.ACCEPTED: _accepted, StepKind.DENIED: _denied,
    }[StepKind(step.kind)](case)  # fmt: skip
    patient = look.get(Patient, request.patient_id)
    sheet = Sheet(
        title="About your request to amend your record", about=about(patient), practice=from_whom(look),
        foot=f"request {request.id[-12:]}", parts=(opening, *parts), signatures=(Signature("For the practice"),),
    )  # fmt: skip
    return FormFile("letter.pdf", "application/pdf", pdf_of(sheet))


def _more_time(case: Case) -> tuple[Part, ...]:
    step = case.step(StepKind.EXTENDED)
    assert step is not None
    return (Part("words", text=(
        f"We need more time. The reason: {step.told.words}\nYou will have our answer by {spoken_day(case.due_on)}, "
        f"which is {MORE_DAYS.days} days more than the law gives us at first. We may take more time only this once."
    )),)  # fmt: skip


def _accepted(case: Case) -> tuple[Part, ...]:
    step = case.answer
    assert step is not None
    return (
        Part("words", text="We accept your request. What was written stays readable, and this is now linked to it:"),
        Part("answer", "Entry", step.told.words),
        Part("words", text=(
            "Tell us whom we should inform of it. With your agreement we tell them, and those who have the record from "
            "us and may rely on it to your harm."
        )),
        *((Part("answer", "Told of it", step.told.told_to),) if step.told.told_to else ()),
    )  # fmt: skip


def _denied(case: Case) -> tuple[Part, ...]:
    step = case.answer
    assert step is not None
    return (
        Part("words", text="We do not amend the record."),
        Part("answer", "The ground", f"{GROUND_WORDS[DenialGround(step.ground)]}."),
        Part("answer", "In our words", step.told.words),
        Part("heading", text="What you can do"),
        Part("words", text=(
            "You may send us a written statement that you disagree, and why. We link it to the record, and it goes "
            "along whenever the record is disclosed. We may write an answer to it, of which you get a copy.\n"
            "If you send no statement, you may ask that your request and this letter go along with the record.\n"
            "You may complain to us, to the person named in our notice of privacy practices, or to the Secretary of "
            "the U.S. Department of Health and Human Services (Office for Civil Rights). Nobody may hold it against"
            " you."
        )),
    )  # fmt: skip
