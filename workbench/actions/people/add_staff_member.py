"""Enter somebody who works here, or will. An account is another matter, and asked for separately."""

from dataclasses import dataclass
from datetime import date, timedelta

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.rules import DetailsUnclear
from workbench.people.tables import Staff, StaffDetails


@dataclass(frozen=True)
class StaffAdded:
    """The new member of staff."""

    staff_id: str


@action(Permission.ADD_STAFF)
def add_staff_member(
    work: Work,
    *,
    given_name: str,
    family_name: str,
    started_on: date,
    credentials: str = "",
    is_clinician: bool = False,
) -> StaffAdded:
    """Who they are and when they begin. Whoever sees clients is a clinician here, whatever roles they get.

    Raises:
        DetailsUnclear: with a sentence for every field that cannot be used.
    """
    names = {"given_name": given_name, "family_name": family_name, "credentials": credentials}
    tidy = {name: " ".join(text.split()) for name, text in names.items()}
    problems = {name: "Please shorten this." for name, text in tidy.items() if len(text) > 100}
    for name, what in (("given_name", "first name"), ("family_name", "last name")):
        if not any(letter.isalpha() for letter in tidy[name]):
            problems[name] = f"Please give the {what}."
    if abs(started_on - work.today) > timedelta(days=365 * 60):
        problems["started_on"] = "Please check the year."
    if problems:
        raise DetailsUnclear(problems)
    staff = Staff(is_clinician=is_clinician, started_on=started_on)
    staff.details = StaffDetails(**tidy)
    work.add(staff)
    work.flush()
    work.record(AuditEvent.STAFF_ADDED, subject=staff, is_clinician=is_clinician)
    return StaffAdded(staff.id)
