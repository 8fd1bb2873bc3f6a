"""Keep a view of the calendar no more."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.view_tables import CalendarView


@dataclass(frozen=True)
class ViewDropped:
    """It is offered no more."""

    view_id: str


@action(Permission.SET_CALENDAR_VIEWS, on=CalendarView)
def drop_calendar_view(work: Work, view: CalendarView) -> ViewDropped:
    """One's own. Dropped twice it stays as it is."""
    if view.retired_at is None:
        view.retired_at, view.default_of = work.now, None
    work.flush()
    work.record(AuditEvent.CALENDAR_VIEW_RETIRED)
    return ViewDropped(view.id)
