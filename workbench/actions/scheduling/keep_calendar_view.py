"""Keep a view of the calendar for oneself."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Location, Staff
from workbench.scheduling.room_tables import Room
from workbench.scheduling.view_tables import CalendarView, ViewName
from workbench.scheduling.views import MOST, TooManyViews, checked_view, rows_of


@dataclass(frozen=True)
class ViewKept:
    """It is one press away."""

    view_id: str


@action(
    Permission.SET_CALENDAR_VIEWS,
    refuses={"uq_calendar_views_default_of": StalePage, "calendar_views.default_of": StalePage},
)
def keep_calendar_view(
    work: Work, *, name: str, sight: str, clinician_ids: Collection[str] = (), place_ids: Collection[str] = (),
    states: Collection[str] = (), is_default: bool = False,
) -> ViewKept:  # fmt: skip
    """Keep what is shown under a name; a view of one's own of that name is replaced.

    clinician_ids, place_ids (of rooms and places), states: only these are shown, all where none is named.
    is_default: the calendar opens with it from now on, and with no other.

    Raises:
        ViewUnclear: with the field. TooManyViews.
        NotFound: there is no such clinician, room or place, or the actor does not work here.
    """
    told, whose = checked_view(name, sight, states), work.get(Staff, work.actor.person_id).id
    own = rows_of(work, whose)
    _check_there(work, set(clinician_ids), set(place_ids))
    view = next((one for one in own if one.told.name.casefold() == told.casefold()), None)
    if view is None and len(own) >= MOST:
        raise TooManyViews
    if is_default:
        for one in own:
            one.default_of = None
        work.flush()
    if view is None:
        view = CalendarView(staff_id=whose, made_at=work.now)
    view.told = ViewName(told)
    view.sight, view.default_of = sight, whose if is_default else None
    view.clinician_ids, view.place_ids, view.states = (
        " ".join(sorted(set(ids))) for ids in (clinician_ids, place_ids, states)
    )
    work.add(view)
    work.flush()
    work.record(AuditEvent.CALENDAR_VIEW_KEPT, subject=view, sight=sight, default=is_default)
    return ViewKept(view.id)


def _check_there(work: Work, clinician_ids: set[str], place_ids: set[str]) -> None:
    clinicians = set(work.scalars(select(Staff.id).where(Staff.id.in_(clinician_ids), Staff.is_clinician.is_(True))))
    places = {*work.scalars(select(Location.id).where(Location.id.in_(place_ids))),
              *work.scalars(select(Room.id).where(Room.id.in_(place_ids)))}  # fmt: skip
    if clinicians != clinician_ids or places != place_ids:
        raise NotFound
