"""Which pages a person has by the roles they hold, and what each is given. Hiding is manners; the gate decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from dashboards.audit_desk import audit_page
from dashboards.charting_desk import day_place, note_page
from dashboards.hours_desk import hours_page
from dashboards.pages.balances import AmountDuePage, BalancePage
from dashboards.pages.calendar import CalendarPage
from dashboards.pages.claims import ClaimsPage
from dashboards.pages.clinician_day import ClinicianDayPage
from dashboards.pages.jobs import JobsPage
from dashboards.pages.number_detail import NumberDetailPage
from dashboards.pages.numbers import NumbersPage
from dashboards.pages.patients import NewPatientPage, PatientsPage
from dashboards.pages.remittance import RemittancePage
from dashboards.pages.remittances import RemittancesPage
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.pages.schedule_outline import ScheduleOutlinePage
from dashboards.parts.navigation import Found, MenuItem, NavItem, Words
from dashboards.parts.page import Page
from dashboards.parts.routes import PageFactory, Visit
from dashboards.patient_hub import patient_hub
from dashboards.person import Person
from dashboards.searching import found_people
from workbench.actions.billing.approve_claims import approve_claims
from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.post_remittance import post_remittance
from workbench.actions.billing.take_payment import take_payment
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.actions.operations.retry_job import retry_job
from workbench.actions.people.register_patient import register_patient
from workbench.actions.scheduling.check_in import check_in
from workbench.actions.scheduling.complete_session import complete_session
from workbench.actions.scheduling.mark_no_show import mark_no_show
from workbench.actions.scheduling.start_session import start_session
from workbench.gate.actor import Role
from workbench.gate.permissions import Permission
from workbench.marts.practice_numbers import number_page, practice_numbers
from workbench.marts.reader import LogReader, Reader
from workbench.screens.amount_due import amount_due
from workbench.screens.booking_choices import booking_choices
from workbench.screens.calendar import calendar, calendar_counts
from workbench.screens.claim_shown import claim_file, claim_shown
from workbench.screens.claims_queue import claims_queue
from workbench.screens.clinician_day import clinician_day
from workbench.screens.jobs_state import jobs_state
from workbench.screens.patient_balance import patient_balance
from workbench.screens.patient_search import search_patients
from workbench.screens.remittances import remittance_shown, remittances
from workbench.screens.schedule_outline import schedule_outline


@dataclass
class Desk:
    """One person's pages. `nav` is in the order of the rail, and its first place opens at the base."""

    person: Person
    numbers: Reader
    log: LogReader
    words: Words
    base: str
    routes: dict[str, PageFactory] = field(default_factory=dict)
    nav: tuple[NavItem, ...] = ()
    create: tuple[MenuItem, ...] = ()
    search: Callable[[str], tuple[Found, ...]] | None = None

    def page(self, path: str, make: Callable[..., Page], place: NavItem | None = None) -> None:
        """Open `path` with `make(visit)`; with `place` it stands in the rail."""
        self.routes[path] = make
        self.nav += (place,) if place is not None else ()

    def if_allowed(self, permission: Permission, verb: Callable[..., Any]) -> Callable[..., Any] | None:
        """The verb as a page gets it, or None where the role does not include it, so that no button is shown."""
        return self.person.bound(verb) if self.person.may(permission) else None


def desk_of(person: Person, numbers: Reader, log: LogReader, words: Words, base: str) -> Desk:
    """The pages of this person's roles, the most used first."""
    desk = Desk(person, numbers, log, words, base)
    for add in (_care, _schedule, _hours, _money, _people, _operations, _compliance, _numbers, _outline):
        add(desk)
    if desk.nav:
        desk.routes["/"] = desk.routes[desk.nav[0].path]
    return desk


def _care(desk: Desk) -> None:
    person, bound = desk.person, desk.person.bound
    if not person.may(Permission.WRITE_NOTE):
        return
    verbs = (check_in, start_session, complete_session, mark_no_show)
    day_page = partial(
        ClinicianDayPage,
        clinician_day=bound(clinician_day),
        verbs={verb.__name__: bound(verb) for verb in verbs},
        zone=person.zone,
        clock=person.clock,
        base=desk.base,
    )
    desk.page("/my-day", day_page, day_place(person))
    desk.page("/notes/{attendance_id}", note_page(person, desk.base))


def _schedule(desk: Desk) -> None:
    person, bound = desk.person, desk.person.bound
    if not person.may(Permission.SEE_SCHEDULE):
        return
    schedule = partial(
        CalendarPage,
        calendar=bound(calendar),
        counts=bound(calendar_counts),
        calls=ScheduleCalls.of(bound),
        zone=person.zone,
        clock=person.clock,
        patient_word=desk.words.client,
        base=desk.base,
    )
    desk.page("/schedule", schedule, NavItem("Schedule", "/schedule", "calendar-days", first=True))


def _outline(desk: Desk) -> None:
    person = desk.person
    if person.may(Permission.SEE_SCHEDULE_OUTLINE) and not person.may(Permission.SEE_SCHEDULE):
        page = partial(
            ScheduleOutlinePage, outline=person.bound(schedule_outline), zone=person.zone, clock=person.clock,
            patient_word=desk.words.client, base=desk.base,
        )  # fmt: skip
        desk.page("/schedule", page, NavItem("Schedule", "/schedule", "calendar-days"))


def _hours(desk: Desk) -> None:
    if desk.person.may(Permission.SET_HOURS):
        place = NavItem("Hours", "/hours", "calendar-clock")
        desk.page("/hours", partial(hours_page, desk.person, desk.base), place)


def _people(desk: Desk) -> None:
    person, bound, word = desk.person, desk.person.bound, desk.words.client
    if not person.may(Permission.SEARCH_PATIENTS):
        return
    desk.search = partial(found_people, person, word)
    may_register = person.may(Permission.REGISTER_PATIENT)
    people = partial(
        PatientsPage,
        search_patients=bound(search_patients),
        may_register=may_register,
        patient_word=word,
        base=desk.base,
    )
    place = NavItem(desk.words.clients.capitalize(), "/patients", "users", first=True)
    desk.page("/patients", people, place)
    if may_register:
        new = partial(
            NewPatientPage,
            register_patient=bound(register_patient),
            booking_choices=bound(booking_choices),
            patient_word=word,
            base=desk.base,
        )
        desk.page("/patients/new", new)
        desk.create += (MenuItem(f"New {word}", "/patients/new", "user-plus"),)
    if person.may(Permission.SEE_CONTACT):
        desk.page("/patients/{patient_id}", patient_hub(person, word, desk.base))


def _money(desk: Desk) -> None:
    if desk.person.may(Permission.SEE_CLAIMS, everywhere=True):
        place = NavItem("Claims", "/claims", "file-check", group="Billing", first=True)
        desk.page("/claims", partial(_claims_page, desk), place)
        place = NavItem("Remittances", "/remittances", "landmark", group="Billing", first=True)
        desk.page("/remittances", partial(_remittances_page, desk), place)
        desk.page("/remittances/{remittance_id}", partial(_remittance_page, desk))
    if desk.person.may(Permission.SEE_AMOUNT_DUE):
        desk.page("/balances/{patient_id}", partial(_balance_page, desk))


def _claims_page(desk: Desk, visit: Visit) -> Page:
    person = desk.person
    return ClaimsPage(
        queue=person.bound(claims_queue),
        claim=person.bound(claim_shown),
        approve=desk.if_allowed(Permission.APPROVE_CLAIMS, approve_claims),
        claim_file=desk.if_allowed(Permission.APPROVE_CLAIMS, claim_file),
        words=desk.words,
        today=person.practice_day(),
        zone=person.zone,
        base=desk.base,
        stage=visit.query.get("stage", ""),
        note_path="/notes/{id}" if person.may(Permission.WRITE_NOTE) else "",
    )


def _remittances_page(desk: Desk, visit: Visit) -> Page:
    return RemittancesPage(
        rows=desk.person.bound(remittances),
        upload=desk.if_allowed(Permission.UPLOAD_REMITTANCE, upload_remittance),
        words=desk.words,
        zone=desk.person.zone,
        base=desk.base,
        tab=visit.query.get("tab", ""),
    )


def _remittance_page(desk: Desk, visit: Visit) -> Page:
    person, remittance_id = desk.person, visit.ids["remittance_id"]
    approve = partial(person.call, approve_remittance, remittance_id)
    post = partial(person.call, post_remittance, remittance_id)
    return RemittancePage(
        shown=partial(person.call, remittance_shown, remittance_id),
        approve=approve if person.may(Permission.APPROVE_REMITTANCE) else None,
        post=post if person.may(Permission.POST_REMITTANCE) else None,
        words=desk.words,
        zone=person.zone,
        base=desk.base,
    )


def _balance_page(desk: Desk, visit: Visit) -> Page:
    person, patient_id = desk.person, visit.ids["patient_id"]
    take = partial(person.call, take_payment, patient_id)
    whole = person.may(Permission.SEE_BALANCES, everywhere=True)
    return (BalancePage if whole else AmountDuePage)(
        balance=partial(person.call, patient_balance if whole else amount_due, patient_id),
        take_payment=take if person.may(Permission.TAKE_PAYMENT) else None,
        words=desk.words,
        today=person.practice_day(),
        base=desk.base,
    )


def _operations(desk: Desk) -> None:
    if desk.person.may(Permission.SEE_JOBS):
        place = NavItem("Jobs", "/jobs", "server", group="Operations")
        desk.page("/jobs", partial(_jobs_page, desk), place)


def _jobs_page(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    return JobsPage(state=bound(jobs_state), on_retry=bound(retry_job), zone=desk.person.zone, base=desk.base)


def _compliance(desk: Desk) -> None:
    if desk.person.may(Permission.READ_AUDIT):
        place = NavItem("Audit log", "/audit", "history", group="Compliance", first=True)
        page = partial(audit_page, desk.person, desk.log, desk.words, desk.base)
        desk.page("/audit", page, place)
        desk.page("/audit/patients/{patient_id}", page)


def _numbers(desk: Desk) -> None:
    person = desk.person
    if not person.may(Permission.SEE_NUMBERS):
        return
    opened = partial(person.bound(number_page), reader=desk.numbers)
    page = partial(
        NumbersPage,
        numbers=partial(person.bound(practice_numbers), reader=desk.numbers),
        opened=opened,
        health=desk.numbers.health,
        version=desk.numbers.version,
        zone=person.zone,
        base=desk.base,
    )
    desk.page("/numbers", lambda visit: page(visit=visit))
    detail = partial(NumberDetailPage, opened=opened, version=desk.numbers.version, zone=person.zone, base=desk.base)
    desk.page("/numbers/{number}", lambda visit: detail(visit=visit))
    place = NavItem("Numbers", "/numbers", "chart-column", first=True)
    # Whoever runs the practice begins with it; for others it comes after their own work.
    is_first = person.actor().has(Role.OWNER, Role.MANAGER)
    desk.nav = (place, *desk.nav) if is_first else (*desk.nav, place)
