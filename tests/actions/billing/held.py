"""A session of Reed's whose charge says 90837 while start and end say 40 minutes, and who is asked about it."""

from datetime import timedelta
from typing import Final

from sqlalchemy import text

from tests.factories.billed_practice import ONA, charged
from workbench.gate.actor import Actor, Role
from workbench.scheduling.tables import Appointment
from workbench.store.engine import Store

REASON: Final = "The clinician ran over, as the note says."
CLINICIAN: Final = Actor("usr_ona", ONA, frozenset({Role.CLINICIAN}), "0" * 64)


def too_short(store: Store, number: int = 1) -> str:
    """Its charge, held for the time; the appointment was shortened after the signature."""
    charge_id = charged(store, number)
    with store.writing() as session:
        appointment = session.get_one(Appointment, f"apt_{number}")
        appointment.ends_at = appointment.starts_at + timedelta(minutes=40)
        session.commit()
    return charge_id


def unsigned(store: Store, number: int = 1) -> str:
    """Its charge has no note: it was entered by hand or came with another system."""
    charge_id = charged(store, number)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE charges SET note_id = NULL WHERE id = :id"), {"id": charge_id})
    return charge_id
