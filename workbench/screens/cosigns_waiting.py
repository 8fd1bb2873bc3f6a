"""How much waits for one's co-signature, for the rail. A count, no names."""

from datetime import datetime

from sqlalchemy import func, select, union_all

from workbench.charting.cosigning import supervised_by
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note, NoteState
from workbench.forms.tables import FormResponse, ResponseState
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.kernel.time import day_of


def cosigns_waiting(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """Notes, forms and treatment plans of whom one supervises."""
    authors = supervised_by(actor.person_id, day_of(now, gate.zone))
    notes = select(Note.id).where(Note.state == NoteState.REVIEW, Note.author_id.in_(authors))
    forms = select(FormResponse.id).where(
        FormResponse.state == ResponseState.REVIEW, FormResponse.author_id.in_(authors)
    )
    plans = select(TreatmentPlan.id).where(
        TreatmentPlan.state == NoteState.REVIEW, TreatmentPlan.author_id.in_(authors)
    )
    with gate.store.reading() as session:
        return int(session.scalar(select(func.count()).select_from(union_all(notes, forms, plans).subquery())) or 0)
