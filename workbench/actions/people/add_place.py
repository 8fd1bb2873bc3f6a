"""Add a place at which people are seen, or a way to see them from afar."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.place_rules import PlaceDetails, checked_place
from workbench.people.places import keep_place
from workbench.people.tables import Location


@dataclass(frozen=True)
class PlaceAdded:
    """Appointments, hours and rooms can be there."""

    location_id: str


@action(Permission.SET_PLACES)
def add_place(work: Work, *, details: PlaceDetails) -> PlaceAdded:
    """A place with a name of its own.

    Raises:
        DetailsUnclear: with a sentence by field. PlaceThere.
    """
    details = checked_place(details)
    location = Location(name=details.name, place_code=details.place_code)
    keep_place(work, location, details)
    work.record(AuditEvent.PLACE_ADDED, subject=location, kind=details.kind, place_code=details.place_code)
    return PlaceAdded(location.id)
