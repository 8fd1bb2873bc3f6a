"""The places of the practice as they are now: which may be chosen, and what was said of each last."""

from collections.abc import Collection

from sqlalchemy import func, select

from workbench.gate.work import Work
from workbench.people.place_rules import PlaceDetails, PlaceKind, PlaceRetired, PlaceThere
from workbench.people.place_tables import PlaceVersion
from workbench.people.tables import Location
from workbench.store.newest import Rows, last_said, next_nth


def place_in_use(work: Work, location_id: str) -> Location:
    """The place, if something new may be there.

    Raises:
        PlaceRetired. NotFound: there is none.
    """
    location = work.get(Location, location_id)
    if location.retired_at is not None:
        raise PlaceRetired
    return location


def details_of(rows: Rows, locations: Collection[Location]) -> dict[str, PlaceDetails]:
    """By id, what was said last; of one of which nothing was ever said, what its row tells."""
    ids = [one.id for one in locations]
    query = last_said(PlaceVersion, PlaceVersion.location_id, PlaceVersion.nth, ids)
    said = {one.location_id: one for one in rows.scalars(query)}
    return {one.id: _details(one, said.get(one.id)) for one in locations}


def place_zones(rows: Rows) -> dict[str, str]:
    """By id, the clock of each place people come to whose clock is another one than the practice's (IANA)."""
    met = select(Location.id).where(Location.is_telehealth.is_(False))
    query = last_said(PlaceVersion, PlaceVersion.location_id, PlaceVersion.nth, met)
    return {one.location_id: one.zone for one in rows.scalars(query) if one.zone}


def keep_place(work: Work, location: Location, details: PlaceDetails) -> PlaceVersion:
    """What the place is from now on, in its row and as another version.

    Raises:
        PlaceThere: another one in use has the name.
    """
    same = (func.lower(Location.name) == details.name.lower()) & (Location.id != location.id)
    if work.scalar(select(Location.id).where(same, Location.retired_at.is_(None))) is not None:
        raise PlaceThere
    location.name, location.place_code = details.name, details.place_code
    location.is_telehealth = details.kind == PlaceKind.TELEHEALTH
    work.add(location)
    work.flush()
    version = PlaceVersion(
        location_id=location.id, nth=next_nth(work, PlaceVersion.nth, PlaceVersion.location_id == location.id),
        name=details.name, kind=details.kind, place_code=details.place_code, npi=details.npi, zone=details.zone,
        street=details.street, city=details.city, state=details.state, zip_code=details.zip_code, said_at=work.now,
        said_by=work.actor.user_id,
    )  # fmt: skip
    work.add(version)
    work.flush()
    return version


def _details(location: Location, said: PlaceVersion | None) -> PlaceDetails:
    if said is None:
        kind = PlaceKind.TELEHEALTH if location.is_telehealth else PlaceKind.OFFICE
        return PlaceDetails(location.name, kind, location.place_code)
    return PlaceDetails(
        said.name, said.kind, said.place_code, said.npi, said.zone, said.street, said.city, said.state, said.zip_code
    )
