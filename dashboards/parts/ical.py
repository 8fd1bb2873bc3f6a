"""Appointments as an iCalendar file (RFC 5545) that any calendar reads: when, and as little else as there is."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from workbench.screens.calendar_feed import Entry

AGAIN = timedelta(minutes=15)


def ical(entries: Iterable[Entry], *, now: datetime) -> bytes:
    """The file. now: when it was written, as every entry has to say. Its name tells a stranger nothing."""
    calendar = Calendar()
    calendar.add("prodid", "-//Therapy Practice Workbench//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Appointments")
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for one in entries:
        event = Event()
        event.add("uid", f"{one.appointment_id}@workbench.invalid")
        event.add("dtstamp", now)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("summary", one.title)
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
