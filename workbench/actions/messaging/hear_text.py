"""Hear what came back by text: whoever wants no more gets no more, at once."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.consents import keep_consent, newest_consent
from workbench.messaging.stopping import means_stop
from workbench.messaging.tables import Channel, ConsentSource
from workbench.people.queries import token
from workbench.people.rules import PHONE, Clue, phone_digits
from workbench.people.tables import Patient, PatientToken


@dataclass(frozen=True)
class TextHeard:
    """stopped: how many files now say no; 0 where the words did not mean it, or nobody has this number."""

    is_stop: bool
    stopped: int


@action(Permission.HEAR_TEXT)
def hear_text(work: Work, *, number: str, text: str) -> TextHeard:
    """A no by text for everybody in care whose file has this number, if the words mean it. The words are not kept.

    It ends calls to the number too: whoever revokes one revokes what a machine sends (47 CFR 64.1200(a)(10)).

    Who asked for none already gets no second row: the last word stands.
    """
    is_stop, stopped = means_stop(text), 0
    digits = phone_digits(number)
    if is_stop and len(digits) == 10:
        reached = select(PatientToken.patient_id).where(PatientToken.token == token(work.vault, Clue(PHONE, digits)))
        for patient in work.scalars(select(Patient).where(Patient.id.in_(reached)).order_by(Patient.id)).all():
            stopped += _stop(work, patient, digits)
    work.record(AuditEvent.TEXT_HEARD, is_stop=is_stop, stopped=stopped)
    return TextHeard(is_stop, stopped)


def _stop(work: Work, patient: Patient, digits: str) -> int:
    if patient.details.phone != digits:
        return 0
    ended = [channel for channel in (Channel.TEXT, Channel.VOICE) if _is_open(work, patient, channel)]
    for channel in ended:
        consent = keep_consent(
            work, patient.id, channel, digits, is_given=False, source=ConsentSource.MESSAGE, given_on=work.today
        )
        work.record(
            AuditEvent.CONSENT_RECORDED, subject=consent, patient_id=patient.id, consent_id=consent.id,
            channel=channel, given=False, source=ConsentSource.MESSAGE,
        )  # fmt: skip
    return 1 if ended else 0


def _is_open(work: Work, patient: Patient, channel: Channel) -> bool:
    """Whether there is something to end: a yes; for texts also that nobody ever asked."""
    before = newest_consent(work, patient.id, channel)
    return channel is Channel.TEXT if before is None else before.is_given
