"""What the dialog of a booking says to whoever books."""

from datetime import date

from dashboards.parts.html import counted
from workbench.kernel.money import dollars
from workbench.screens.booking_choices import Missing


def missing_said(told: Missing | None, type_id: str, on: date) -> str:
    """Until when such an appointment of that day is cancelled in time, and what it costs later; "" without terms."""
    if told is None:
        return ""
    late, no_show = told.costs(type_id, on)
    if not late and not no_show:
        return "Nothing is due for cancelling it late or not coming."
    return (
        f"Cancelled later than {counted(told.notice_hours, 'hour')} before: {dollars(late)}. Not coming: "
        f"{dollars(no_show)}. Nothing for who has Medicaid."
    )
