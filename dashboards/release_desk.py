"""The pages of copies, requests about records, and 42 CFR Part 2, with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.amending_requests import AmendmentsPage, amendment_calls
from dashboards.pages.part_2 import Part2Calls, Part2Page
from dashboards.pages.record_requests import RecordCalls, RecordRequestsPage
from dashboards.pages.releases import ReleasesPage
from dashboards.pages.releasing import release_calls
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.releases.agree_restriction import agree_restriction
from workbench.actions.releases.close_part_two_episode import close_part_two_episode
from workbench.actions.releases.end_restriction import end_restriction
from workbench.actions.releases.lift_part_two import lift_part_two
from workbench.actions.releases.mark_part_two import mark_part_two
from workbench.actions.releases.record_disclosure import record_disclosure
from workbench.actions.releases.record_part_two_consent import record_part_two_consent
from workbench.actions.releases.withdraw_part_two_consent import withdraw_part_two_consent
from workbench.gate.permissions import Permission
from workbench.screens.amendments import amendments, amendments_of
from workbench.screens.disclosures import disclosures_file, disclosures_of
from workbench.screens.part_2_marks import part_two_marks, part_two_of_patient
from workbench.screens.patient_file import patient_file
from workbench.screens.releases import releases, releases_of


def add_releases(desk: Desk) -> None:
    """Who asks or decides; in the rail of who has to do with everybody's."""
    may = desk.person.may
    if may(Permission.SEE_RELEASES):
        place = NavItem("Releases", "/releases", "folder", group="Compliance")
        desk.page("/releases", partial(_releases, desk), place if may(Permission.DECIDE_RELEASE) else None)
        desk.page("/records/{patient_id}", partial(_records, desk))
    if may(Permission.SEE_AMENDMENTS):
        place = NavItem("Amendments", "/amendments", "square-pen", group="Compliance")
        is_everybodys = may(Permission.SEE_AMENDMENTS, everywhere=True)
        desk.page("/amendments", partial(_amendments, desk), place if is_everybodys else None)
    if may(Permission.KEEP_PART_2_CONSENT):
        desk.page("/part-2/{patient_id}", partial(_part_2, desk))


def _releases(desk: Desk, visit: Visit) -> Page:
    del visit
    return ReleasesPage(
        shown=desk.person.bound(releases), calls=release_calls(desk.person),
        marks=desk.if_allowed(Permission.DECIDE_PART_2, part_two_marks),
        lift=desk.if_allowed(Permission.DECIDE_PART_2, lift_part_two), base=desk.base,
    )  # fmt: skip


def _amendments(desk: Desk, visit: Visit) -> Page:
    del visit
    return AmendmentsPage(shown=desk.person.bound(amendments), calls=amendment_calls(desk.person), base=desk.base)


def _records(desk: Desk, visit: Visit) -> Page:
    person = desk.person
    bound = person.bound
    calls = RecordCalls(
        bound(patient_file), bound(releases_of), desk.if_allowed(Permission.SEE_AMENDMENTS, amendments_of),
        person.may(Permission.TAKE_AMENDMENT), desk.if_allowed(Permission.SEE_DISCLOSURES, disclosures_of),
        bound(disclosures_file), bound(record_disclosure), bound(agree_restriction), bound(end_restriction),
    )  # fmt: skip
    return RecordRequestsPage(visit, calls=calls, releasing=release_calls(person), amending=amendment_calls(person),
                              today=person.practice_day, base=desk.base)  # fmt: skip


def _part_2(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = Part2Calls(
        bound(part_two_of_patient), bound(mark_part_two), bound(close_part_two_episode), bound(lift_part_two),
        bound(record_part_two_consent), bound(withdraw_part_two_consent),
    )  # fmt: skip
    return Part2Page(visit, calls=calls, today=desk.person.practice_day, zone=desk.person.zone, base=desk.base)
