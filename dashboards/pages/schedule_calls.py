"""The verbs and questions of the schedule, as pages are given them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.book_group import book_group
from workbench.actions.scheduling.book_series import book_series
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.cancel_for_everybody import cancel_for_everybody
from workbench.actions.scheduling.cancel_series import cancel_series
from workbench.actions.scheduling.check_in import check_in
from workbench.actions.scheduling.complete_session import complete_session
from workbench.actions.scheduling.drop_calendar_view import drop_calendar_view
from workbench.actions.scheduling.keep_calendar_view import keep_calendar_view
from workbench.actions.scheduling.mark_no_show import mark_no_show
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.move_series import move_series
from workbench.actions.scheduling.start_session import start_session
from workbench.actions.scheduling.undo_booking import undo_booking
from workbench.actions.scheduling.undo_cancellation import undo_cancellation
from workbench.actions.scheduling.undo_move import undo_move
from workbench.screens.booking_choices import booking_choices
from workbench.screens.calendar_views import calendar_views
from workbench.screens.open_slots import open_slots
from workbench.screens.patient_search import search_patients
from workbench.screens.series_of import series_of
from workbench.screens.series_preview import series_preview
from workbench.screens.usual_booking import usual_booking
from workbench.screens.waitlist_times import how_many_wait_for

Call = Callable[..., Any]


@dataclass(frozen=True)
class ScheduleCalls:
    """The verbs and screens of the schedule by their own names, with gate, actor and time already given."""

    search_patients: Call
    usual_booking: Call
    booking_choices: Call
    open_slots: Call
    how_many_wait_for: Call
    book_appointment: Call
    move_appointment: Call
    cancel_appointment: Call
    cancel_for_everybody: Call
    check_in: Call
    start_session: Call
    complete_session: Call
    mark_no_show: Call
    book_group: Call
    series_of: Call
    series_preview: Call
    book_series: Call
    move_series: Call
    cancel_series: Call
    undo_booking: Call
    undo_cancellation: Call
    undo_move: Call
    calendar_views: Call
    keep_calendar_view: Call
    drop_calendar_view: Call

    @classmethod
    def of(cls, bound: Callable[[Any], Call]) -> "ScheduleCalls":
        """All of them through one door: `bound` gives a verb its gate, actor and time."""
        return cls(
            search_patients=bound(search_patients),
            usual_booking=bound(usual_booking),
            booking_choices=bound(booking_choices),
            open_slots=bound(open_slots),
            how_many_wait_for=bound(how_many_wait_for),
            book_appointment=bound(book_appointment),
            move_appointment=bound(move_appointment),
            cancel_appointment=bound(cancel_appointment),
            cancel_for_everybody=bound(cancel_for_everybody),
            check_in=bound(check_in),
            start_session=bound(start_session),
            complete_session=bound(complete_session),
            mark_no_show=bound(mark_no_show),
            book_group=bound(book_group),
            series_of=bound(series_of),
            series_preview=bound(series_preview),
            book_series=bound(book_series),
            move_series=bound(move_series),
            cancel_series=bound(cancel_series),
            undo_booking=bound(undo_booking),
            undo_cancellation=bound(undo_cancellation),
            undo_move=bound(undo_move),
            calendar_views=bound(calendar_views),
            keep_calendar_view=bound(keep_calendar_view),
            drop_calendar_view=bound(drop_calendar_view),
        )
