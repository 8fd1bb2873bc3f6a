"""Rows for every kind of record a verb can be called on: one within reach, one out of reach, one of everybody's own.

Only what permission is judged by matters here, so columns are filled by their type, past constraints and triggers.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import count
from typing import Any, cast

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Numeric, Table, insert

from workbench.accounts.tables import User
from workbench.gate.actor import Role
from workbench.gate.proxies import ProxyDecision, ProxyLink, ProxyLinkScope, ProxyScope
from workbench.gate.relations import CareTeamMember, Supervision
from workbench.people.tables import Patient, Practice, Staff
from workbench.scheduling.group_tables import GroupMember, PatientGroup
from workbench.scheduling.tables import Attendance
from workbench.store.base import Base
from workbench.store.engine import Store
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE

NEAR, FAR = "near", "far"
_NUMBERS = count(1)


def person(role: Role) -> str:
    """The staff id of whoever holds this role in these tests."""
    return f"stf_{role.value}"


def key_of(row_class: type[Base], target: str) -> str:
    """The id of the row of this kind that stands for `target`: near, far, or a role's value for its person's own."""
    if row_class is Patient:
        return f"pat_{target}" if target in (NEAR, FAR) else f"stf_{target}"
    return f"stf_{target}" if row_class is Staff else f"{row_class.__tablename__[:12]}_{target}"


def write_subjects(store: Store, kinds: Iterable[type[Base]], now: datetime) -> None:
    """Write them, and the relations: the clinician cares for the near patient and is supervised; the proxy stands in.

    Whoever signs in has an account already: it is their own one.
    """
    wanted = {*kinds, Attendance, GroupMember}
    with store.engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for row_class in sorted(wanted, key=lambda kind: kind.__tablename__):
            own = () if row_class is User else tuple(role.value for role in Role)
            for target in (NEAR, FAR, *own):
                connection.execute(insert(row_class), _row(store, row_class, target, now))
        # In a synthetic practice a code is enough for everybody, which is all that matters about it here.
        connection.execute(insert(Practice), {**_row(store, Practice, NEAR, now), "is_synthetic": True})
        clinician, supervisor = person(Role.CLINICIAN), person(Role.SUPERVISOR)
        connection.execute(
            insert(CareTeamMember),
            {"id": "ctm_1", "patient_id": "pat_near", "staff_id": clinician, "from_on": date(2025, 1, 1)},
        )
        connection.execute(
            insert(Supervision),
            {"id": "sup_1", "supervisor_id": supervisor, "supervisee_id": clinician, "from_on": date(2025, 1, 1)},
        )
        link = {**_row(store, ProxyLink, NEAR, now), "id": "pxl_1", "proxy_id": person(Role.PROXY)}
        connection.execute(insert(ProxyLink), {**link, "until_on": date(2027, 1, 1)})
        connection.execute(insert(ProxyLinkScope), [{"link_id": "pxl_1", "scope": scope.value} for scope in ProxyScope])
        decision = {**_row(store, ProxyDecision, NEAR, now), "link_id": "pxl_1", "is_approved": True}
        connection.execute(insert(ProxyDecision), decision)
        connection.commit()


def _row(store: Store, row_class: type[Base], target: str, now: datetime) -> Mapping[str, Any]:
    table = cast(Table, row_class.__table__)
    (key,) = table.primary_key.columns
    values = {column.name: _value(store, column, target, now) for column in table.columns if column is not key}
    return {**values, key.name: key_of(row_class, target)}


def _value(store: Store, column: "Column[Any]", target: str, now: datetime) -> Any:
    if column.name in ("patient_id", "person_id"):
        return f"pat_{target}" if target in (NEAR, FAR) else f"stf_{target}"
    if column.name in ("author_id", "clinician_id", "staff_id"):
        return f"stf_{target}"  # near and far are somebody's, and nobody's here
    if column.name == "appointment_id":
        return "appointments"[:12] + f"_{target}"
    if column.name == "group_id":
        return key_of(PatientGroup, target)
    if column.nullable:
        return None
    number = next(_NUMBERS)
    kinds: list[tuple[type, Any]] = [
        (Envelope, store.vault.seal(PRACTICE, "probe", b"{}")),
        (UtcDateTime, now),
        (LargeBinary, number.to_bytes(8, "big")),
        (Boolean, False),
        (Date, now.date()),
        (Integer, number),
        (Numeric, number),
    ]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), f"{target}-{number}")
