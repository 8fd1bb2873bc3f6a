"""The page of working hours with the calls of one person."""

from dashboards.pages.hours import HoursCalls, HoursPage
from dashboards.pages.hours_takes import TakesCalls
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from dashboards.person import Person
from workbench.actions.people.set_profile import set_profile
from workbench.actions.scheduling.add_time_away import add_time_away
from workbench.actions.scheduling.close_practice import close_practice
from workbench.actions.scheduling.set_hours import set_hours
from workbench.actions.scheduling.withdraw_time_away import withdraw_time_away
from workbench.gate.permissions import Permission
from workbench.screens.availability import availability


def hours_page(person: Person, base: str, visit: Visit) -> Page:
    """Everybody's hours; what may be changed follows the roles of the moment."""
    del visit
    calls = HoursCalls(
        shown=person.bound(availability),
        set_hours=person.bound(set_hours),
        add_time_away=person.bound(add_time_away),
        close_practice=person.bound(close_practice) if person.may(Permission.CLOSE_PRACTICE) else None,
        withdraw_time_away=person.bound(withdraw_time_away),
        takes=TakesCalls(person.bound(set_profile)) if person.may(Permission.SET_PROFILE) else None,
        mine="" if person.may(Permission.SET_HOURS, everywhere=True) else person.actor().person_id,
    )
    return HoursPage(calls=calls, zone=person.zone, clock=person.clock, base=base)
