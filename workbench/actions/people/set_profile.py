"""Say whom a clinician can take: languages, licences by state, payers."""

from dataclasses import dataclass

from workbench.claims.tables import Payer
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.profile_rules import Profile, checked_profile
from workbench.people.profile_tables import ClinicianProfile
from workbench.people.rules import check_practising
from workbench.people.tables import Staff
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class ProfileSet:
    """Times are found by it from now on. nth: how often it was said."""

    nth: int


@action(Permission.SET_PROFILE, on=Staff, refuses={"uq_clinician_profiles_nth": StalePage})
def set_profile(work: Work, staff: Staff, *, profile: Profile) -> ProfileSet:
    """Keep a whole new version. What is booked stays; an empty list says nothing, so that it rules nobody out.

    Raises:
        ProfileUnclear: a language or a state there is not. ClinicianGone: they do not see people here. NotFound.
    """
    check_practising(staff, work.today)
    profile = checked_profile(profile)
    for payer_id in profile.payer_ids:
        work.get(Payer, payer_id)
    row = ClinicianProfile(
        staff_id=staff.id, nth=next_nth(work, ClinicianProfile.nth, ClinicianProfile.staff_id == staff.id),
        languages=" ".join(sorted(profile.languages)),
        licences=" ".join(f"{state}:{until.isoformat()}" for state, until in sorted(profile.licences.items())),
        payer_ids=" ".join(sorted(profile.payer_ids)), said_at=work.now, said_by=work.actor.user_id,
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.PROFILE_SET, nth=row.nth)
    return ProfileSet(row.nth)
