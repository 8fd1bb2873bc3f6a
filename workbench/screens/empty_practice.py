"""A practice without data, in memory: what the workbench shows where nobody's data may be seen."""

from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.bulk import load_rows
from workbench.gate.permissions import Permission
from workbench.people.tables import Practice, PracticeDetails, Staff, StaffDetails
from workbench.store.base import Base
from workbench.store.nothing import empty_store
from workbench.store.vault import PRACTICE

NOBODY: Final = "stf_preview"
"""The one member of its staff, a clinician: whose eyes a preview borrows."""
_FOUNDER: Final = SystemActor("preview", frozenset({Permission.LOAD_SYNTHETIC_PRACTICE}))
_FOUNDED: Final = datetime(2000, 1, 1, tzinfo=UTC)


def empty_practice(zone: ZoneInfo) -> Gate:
    """The door to a new one, gone when nobody holds it. Only one call at a time may go through."""
    gate = Gate(empty_store(), zone)
    vault = gate.store.vault
    details = PracticeDetails("Preview", "2000000002", "000000000", "", "", "", "", "")
    practice = Practice.details.envelope(vault, table="practice", row_id="prc_preview", owner=PRACTICE,
                                         document=details)  # fmt: skip
    nobody = Staff.details.envelope(vault, table="staff", row_id=NOBODY, owner=PRACTICE,
                                    document=StaffDetails("Nobody", "In Particular"))  # fmt: skip
    rows: dict[type[Base], list[dict[str, Any]]] = {
        Practice: [{
            "id": "prc_preview", "zone": zone.key, "patient_word": "client", "is_synthetic": True, "notice_hours": 24,
            "opens_hour": 8, "closes_hour": 18, "sealed": practice,
        }],
        Staff: [{
            "id": NOBODY, "is_clinician": True, "weekly_hours": 40, "started_on": date(2000, 1, 1), "ended_on": None,
            "version": 1, "sealed": nobody,
        }],
    }  # fmt: skip
    load_rows(gate, _FOUNDER, Permission.LOAD_SYNTHETIC_PRACTICE, AuditEvent.DEMO_LOADED, rows=rows, now=_FOUNDED)
    return gate
