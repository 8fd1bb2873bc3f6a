"""Which appointments hold time within a span: one condition for everybody who asks what is taken."""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_

from workbench.kernel.time import Span
from workbench.scheduling.tables import Appointment, AppointmentStatus

LONGEST: Final = timedelta(days=1)
"""A session longer than a day does not exist; the bound lets the index answer."""


def held_within(over: Span) -> ColumnElement[bool]:
    """Held appointments that have an instant in `over`."""
    return and_(
        Appointment.status == AppointmentStatus.HELD,
        Appointment.starts_at > over.starts_at - LONGEST,
        Appointment.starts_at < over.ends_at,
        Appointment.ends_at > over.starts_at,
    )
