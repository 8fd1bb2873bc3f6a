"""Say anew what a place is."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.place_rules import (
    NothingDifferent,
    NotTheSamePlace,
    PlaceDetails,
    PlaceKind,
    PlaceRetired,
    checked_place,
)
from workbench.people.places import details_of, keep_place
from workbench.people.tables import Location


@dataclass(frozen=True)
class PlaceChanged:
    """nth: how often something was said of it since it is kept in versions."""

    nth: int


@action(
    Permission.SET_PLACES, on=Location,
    refuses={"uq_place_versions_nth": StalePage, "place_versions.location_id": StalePage},
)  # fmt: skip
def change_place(work: Work, location: Location, *, details: PlaceDetails) -> PlaceChanged:
    """A new version; the ones before are kept. What was charged keeps the code it was charged with.

    Raises:
        DetailsUnclear: with a sentence by field. PlaceThere, NotTheSamePlace. NothingDifferent. PlaceRetired.
    """
    if location.retired_at is not None:
        raise PlaceRetired
    details = checked_place(details)
    before = details_of(work, (location,))[location.id]
    if details == before:
        raise NothingDifferent
    if (details.kind == PlaceKind.TELEHEALTH) != location.is_telehealth:
        raise NotTheSamePlace
    version = keep_place(work, location, details)
    work.record(AuditEvent.PLACE_CHANGED, nth=version.nth, kind=details.kind, place_code=details.place_code)
    return PlaceChanged(version.nth)
