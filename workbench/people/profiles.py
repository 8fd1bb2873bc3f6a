"""What was said last of whom each clinician can take."""

from collections.abc import Collection
from typing import Any, Protocol

from sqlalchemy import ScalarResult, Select, func, select

from workbench.people.profile_tables import ClinicianProfile


class Rows(Protocol):
    """A verb's or a view's rows."""

    def scalars(self, query: Select[Any], /) -> ScalarResult[Any]:
        """The first column of every row."""
        ...


def last_profiles(rows: Rows, staff_ids: Collection[str]) -> dict[str, ClinicianProfile]:
    """By clinician; whoever has none is not among them."""
    last = (
        select(ClinicianProfile.staff_id, func.max(ClinicianProfile.nth).label("nth"))
        .where(ClinicianProfile.staff_id.in_(staff_ids))
        .group_by(ClinicianProfile.staff_id)
        .subquery()
    )
    query = select(ClinicianProfile).join(
        last, (last.c.staff_id == ClinicianProfile.staff_id) & (last.c.nth == ClinicianProfile.nth)
    )
    return {one.staff_id: one for one in rows.scalars(query)}
