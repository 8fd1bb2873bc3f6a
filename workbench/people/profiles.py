"""What was said last of whom each clinician can take."""

from collections.abc import Collection

from workbench.people.profile_tables import ClinicianProfile
from workbench.store.newest import Rows, last_said


def last_profiles(rows: Rows, staff_ids: Collection[str]) -> dict[str, ClinicianProfile]:
    """By clinician; whoever has none is not among them."""
    query = last_said(ClinicianProfile, ClinicianProfile.staff_id, ClinicianProfile.nth, staff_ids)
    return {one.staff_id: one for one in rows.scalars(query)}
