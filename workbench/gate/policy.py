"""Who holds which permission, by the letters of the table; any grant is enough, and what is not listed is denied."""

from datetime import datetime

from sqlalchemy import Select, false, select, union

from workbench.gate.actor import Actor, Anyone, SystemActor
from workbench.gate.grants import JOBS_ONLY, Asked, Grant, row
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember, Moment

POLICY: dict[Permission, tuple[Grant, ...]] = {
    Permission.ADD_STAFF: row("a01", "Q"),
    Permission.APPROVE_ACCESS: row("a02", "A"),
    Permission.APPROVE_AGREEMENT: row("a10", "A"),
    # By the link that was sent, whoever holds it: nobody signs in for it.
    Permission.ANSWER_REMINDER: JOBS_ONLY,
    Permission.APPROVE_CLAIMS: row("d03", "Y"),
    Permission.ASK_PROXY_LINK: row("a06", "Q"),
    Permission.DECIDE_PROXY_LINK: row("a06", "A"),
    # Whoever may ask for a link may stop it at once, without a word to the proxy (45 CFR 164.502(g)(5)).
    Permission.END_PROXY_LINK: row("a06", "QA"),
    Permission.SEE_PROXY_LINKS: row("a06", "A"),
    Permission.SEE_OWN_OPENINGS: row("e09", "UX"),
    Permission.SEE_OWN_APPOINTMENTS: row("b01", "U"),
    Permission.SEE_OWN_BALANCE: row("d01", "U"),
    # Every invitation says how the person was seen, whoever makes it, so letter `V` is met in the verb.
    Permission.INVITE_TO_PORTAL: row("a05", "YPSV"),
    Permission.END_PORTAL_ACCESS: row("a05", "YPSV"),
    Permission.SEE_PORTAL_ACCESS: row("a05", "YPSV"),
    Permission.APPROVE_REMITTANCE: row("d04", "Y"),
    # Whoever books a first visit asks thereby for its clinician to care for the patient, and the visit grants it.
    Permission.ASSIGN_CARE_TEAM: row("b06", "YSQ"),
    Permission.ATTEST_ACCESS: row("a07", "A"),
    Permission.BOOK_APPOINTMENT: row("b02", "YPS"),
    # One's own part, as staff cancel it; what concerns others, a series or a group, stays with the practice.
    Permission.CANCEL_APPOINTMENT: row("b02", "YPSU"),
    Permission.CANCEL_FOR_OTHERS: row("b02", "YPS"),
    Permission.CARRY_OUT_ACCESS: JOBS_ONLY,
    Permission.CHANGE_OWN_SIGN_IN: row("x01", "U"),
    Permission.CHECK_IN: row("b02", "YPS"),
    Permission.CLOSE_ACCESS_REVIEW: row("a07", "A"),
    Permission.CLOSE_EMERGENCY: row("c10", "Y"),
    Permission.CLOSE_PRACTICE: row("x05", "Y"),
    Permission.COMPLETE_SESSION: row("b02", "YPS"),
    Permission.COMPLETE_DEPARTURE: JOBS_ONLY,
    Permission.DISABLE_ACCOUNT: row("a03", "YU"),
    Permission.END_EMPLOYMENT: row("x04", "Y"),
    Permission.END_SESSION: row("x01", "U"),
    Permission.EXPIRE_KEPT_ANSWERS: JOBS_ONLY,
    Permission.EXPORT_AUDIT: row("e08", "YR"),
    # Whoever reads the log may look up about whose record it is to be asked.
    Permission.FIND_FOR_AUDIT: row("b04", "R"),
    Permission.FIND_IN_EMERGENCY: row("c10", "Y"),
    # Row a13 is asked and approved by people; the console does it, once, into an empty home.
    Permission.GO_ON_FROM_BACKUP: JOBS_ONLY,
    Permission.ISSUE_SIGN_IN_LINK: row("a04", "Y"),
    Permission.LOAD_SYNTHETIC_PRACTICE: JOBS_ONLY,
    Permission.MARK_NO_SHOW: row("b02", "YPS"),
    Permission.MOVE_APPOINTMENT: row("b02", "YPS"),
    Permission.NOTE_OWN_RECORD: row("b03", "Y"),
    Permission.OPEN_ACCESS_REVIEW: row("a07", "A"),
    Permission.OPEN_QUARTERLY_REVIEW: JOBS_ONLY,
    Permission.OPEN_EMERGENCY: row("c10", "Y"),
    Permission.POST_REMITTANCE: row("d04", "Y"),
    Permission.PREVIEW_ROLE: row("a01", "Q") + row("a02", "A"),
    Permission.PROVE_AGAIN: row("x01", "U"),
    Permission.REFUSE_FILE: row("x01", "U"),
    Permission.PROVISION_USER: JOBS_ONLY,
    Permission.READ_AUDIT: row("e08", "YR"),
    Permission.READ_CHART: row("c01", "PSB"),
    Permission.CORRECT_PATIENT: row("b03", "YP"),
    Permission.REGISTER_PATIENT: row("b03", "Y"),
    Permission.REMIND_EMERGENCY_REVIEW: JOBS_ONLY,
    Permission.REQUEST_ACCESS: row("a01", "Q"),
    Permission.RETRY_JOB: row("x03", "Y"),
    Permission.REVIEW_EMERGENCY: row("c11", "A"),
    Permission.SEAL_AUDIT: JOBS_ONLY,
    Permission.SEARCH_PATIENTS: row("b04", "YPS"),
    Permission.SEE_ACCESS: row("a01", "Q") + row("a02", "A"),
    Permission.SEE_ACCESS_REVIEWS: row("a07", "QA"),
    # The front desk's column-limited view is a query of its own; the account itself is not within its letter.
    Permission.SEE_AMOUNT_DUE: row("d01", "YPSCR"),
    Permission.SEE_BALANCES: row("d01", "YPSR"),
    Permission.SEE_CLAIMS: row("d01", "YPSR"),
    Permission.SEE_CONTACT: row("b04", "YPSR"),
    Permission.SEE_EMERGENCIES: row("c11", "A"),
    # Whoever approves access sees whose ends.
    Permission.SEE_DEPARTURES: (*row("x04", "Y"), *row("a02", "A")),
    Permission.SEE_JOBS: row("x03", "Y"),
    Permission.SEE_NUMBERS: row("e06", "YR"),
    Permission.SEE_OWN_EMERGENCIES: row("c10", "Y"),
    Permission.SEE_OWN_SIGN_IN: row("x01", "U"),
    # From the gateway of texts, which signs what it posts: nobody signs in for it.
    Permission.HEAR_TEXT: JOBS_ONLY,
    Permission.PLAN_REMINDERS: JOBS_ONLY,
    Permission.RECORD_CONSENT: row("b03", "YP"),
    Permission.REGISTER_AGREEMENT: row("a10", "Q"),
    Permission.SEE_AGREEMENTS: row("a10", "QA"),
    Permission.SEE_REMINDERS: row("b05", "YP"),
    Permission.SEND_REMINDERS: JOBS_ONLY,
    Permission.HANDLE_REMINDER: row("b05", "YP"),
    Permission.SET_REMINDERS: row("x06", "Y"),
    Permission.SEE_SCHEDULE: row("b01", "YPS"),
    Permission.SEE_SCHEDULE_OUTLINE: row("b01", "C"),
    Permission.SEE_SELF_APPROVALS: row("a02", "A") + row("e08", "R"),
    Permission.SEE_STAFF: row("x02", "Y"),
    Permission.SET_HOURS: row("x05", "YU"),
    Permission.SET_PROFILE: row("x07", "Y"),
    Permission.MAKE_FEED: row("x01", "U"),
    Permission.END_FEED: row("x01", "U"),
    # What is charged for a session that did not take place is a charge; who reads balances reads the decisions.
    Permission.DECIDE_MISSED_FEE: row("d02", "YP"),
    # A code that does not fit the note is asked about by billing and answered by who may set it.
    Permission.ASK_OVERRIDE: row("c08", "Q"),
    Permission.ANSWER_OVERRIDE: row("c08", "PS"),
    # What a payer is claimed from is agreed on as fees are: billing and management see it, the owner sets it.
    Permission.SEE_PAYER_TERMS: row("d09", "Q"),
    Permission.SET_PAYER_TERMS: row("d10", "A"),
    Permission.SEE_MISSED_FEES: row("d01", "YPSR"),
    Permission.SET_MISSED_TERMS: row("x08", "Y"),
    Permission.SET_ROOMS: row("x09", "Y"),
    Permission.SET_CALENDAR_VIEWS: row("x01", "U"),
    Permission.SET_PLACES: row("x10", "Y"),
    Permission.SET_WAITLIST_TERMS: row("x08", "Y"),
    Permission.SET_APPOINTMENT_TYPES: row("x10", "Y"),
    Permission.SEE_ROOMS: row("b01", "YPS"),
    # Who is seen together, and by whom: whoever books says so.
    Permission.MAKE_GROUP: row("b02", "YPS"),
    Permission.CHANGE_GROUP: row("b02", "YPS"),
    Permission.SEE_GROUPS: row("b01", "YPS"),
    Permission.SEE_WAITLIST: row("b01", "YPS"),
    Permission.JOIN_WAITLIST: row("b02", "YPS"),
    Permission.RENEW_WISH: row("b02", "YPS"),
    Permission.LEAVE_WAITLIST: row("b02", "YPS"),
    Permission.LAPSE_WAIT: JOBS_ONLY,
    Permission.OFFER_TIME: row("b02", "YPS"),
    Permission.ACCEPT_OFFER: row("b02", "YPS"),
    Permission.DECLINE_OFFER: row("b02", "YPS"),
    Permission.SIGN_IN: JOBS_ONLY,
    Permission.COSIGN: row("c04", "S"),
    Permission.SEE_COSIGNS: row("c04", "S"),
    Permission.ADD_ADDENDUM: row("c05", "US"),
    Permission.KEEP_PSYCHOTHERAPY: row("c06", "U"),
    Permission.READ_PSYCHOTHERAPY: row("c06", "U"),
    # The office has what is filed for it, wherever the person is in care; the rest is asked for by the second one.
    Permission.FILE_DOCUMENT: row("c09", "PSC"),
    Permission.OPEN_CLINICAL_DOCUMENT: row("c09", "PS"),
    Permission.SIGN_NOTE: row("c03", "U"),
    # Hours of supervision are one's own on either side, as what one signs is; who assigns care says how many.
    Permission.LOG_SUPERVISION: row("c03", "U"),
    Permission.SET_SUPERVISION_TERMS: row("b06", "Y"),
    # Whoever signs notes of their own has short texts of their own to write them with.
    Permission.SET_SNIPPETS: row("c03", "U"),
    Permission.START_SESSION: row("b02", "YPS"),
    Permission.STATE_SELF_APPROVALS: JOBS_ONLY,
    Permission.TAKE_BACKUP: row("a12", "Y"),
    Permission.TAKE_PAYMENT: row("d04", "YC"),
    Permission.TICK_CLEARANCE: row("a01", "Q") + row("a02", "A"),
    Permission.UPLOAD_REMITTANCE: row("d04", "Y"),
    Permission.VERIFY_AUDIT: row("e10", "Y"),
    Permission.VERIFY_RECORDS: row("e10", "Y"),
    Permission.WATCH_GRANTS: JOBS_ONLY,
    Permission.WORK_ALONE: row("a02", "A"),
    Permission.WRITE_NOTE: row("c02", "PS"),
    # A biller asks for another code and sets none.
    Permission.SET_DIAGNOSIS: row("c08", "PS"),
    Permission.STATE_IN_CHART: row("c02", "PS"),
    Permission.WRITE_TREATMENT_PLAN: row("c02", "PS"),
    Permission.SIGN_TREATMENT_PLAN: row("c02", "PS"),
    Permission.SET_FORMS: row("x11", "Y"),
    Permission.EXPORT_FORM: row("e04", "P"),
    Permission.START_FORM: row("c02", "PS"),
    Permission.SAVE_FORM: row("c02", "PS"),
    Permission.SIGN_FORM: row("c02", "PS"),
    Permission.SEE_CASELOAD: row("c01", "PS"),
    Permission.RECORD_MEASURE: row("c02", "PS"),
    Permission.ANSWER_ALERT: row("c02", "PS"),
    # A scope of its own for proxies; in an emergency as the chart.
    Permission.READ_PART_2: row("c07", "PSBUX"),
    Permission.MARK_PART_2: row("c02", "PS"),
    Permission.DECIDE_PART_2: row("e02", "A"),
    Permission.KEEP_PART_2_CONSENT: row("c02", "PS") + row("e02", "A"),
    # A clinician asks too: whoever asks, another person approves.
    Permission.ASK_RELEASE: row("e01", "QP"),
    Permission.DECIDE_RELEASE: row("e01", "A"),
    Permission.SEE_RELEASES: row("e01", "QPA"),
    # A release is the named case by which compliance reads what it lets go.
    Permission.OPEN_RELEASE: row("e01", "PA"),
    # The person in care and their proxy ask by the same verb as who takes it down for them.
    Permission.TAKE_AMENDMENT: row("e03", "YPQUX"),
    Permission.SEE_AMENDMENTS: row("e03", "YPRUX"),
    Permission.EXTEND_AMENDMENT: row("e03", "YP"),
    Permission.ANSWER_AMENDMENT: row("c02", "PS"),
    Permission.KEEP_RESTRICTION: row("e03", "YP"),
    Permission.SEE_DISCLOSURES: row("e03", "YPRUX"),
    Permission.RECORD_DISCLOSURE: row("e03", "YP"),
    Permission.SET_SHARING: row("e03", "Y"),
    # Whether reading it endangers somebody is for a licensed professional to judge (45 CFR 164.524(a)(3)).
    Permission.DECIDE_SHARING: row("c02", "PS"),
    Permission.SEE_OWN_RECORD: row("c01", "UX"),
    Permission.TAKE_OWN_RECORD: row("e14", "UX"),
    Permission.PUBLISH_NOTICE: row("e03", "Y"),
    # Confirmed on the portal, or on paper at the desk, by the same verb.
    Permission.ANSWER_NOTICE: row("e03", "YPQUX"),
}
"""Each permission, the row of the table (`permissions.csv`) it belongs to, and which of the row's letters hold it."""

NEEDS_FRESH_FACTOR: frozenset[Permission] = frozenset({
    # A signature says who signs, not who left a session open (CMS Program Integrity Manual 3.3.2.4).
    Permission.ADD_ADDENDUM,
    Permission.ANSWER_AMENDMENT,
    Permission.COSIGN,
    Permission.SIGN_FORM,
    Permission.SIGN_NOTE,
    Permission.SIGN_TREATMENT_PLAN,
    Permission.APPROVE_ACCESS,
    Permission.ATTEST_ACCESS,
    Permission.CHANGE_OWN_SIGN_IN,
    Permission.CLOSE_ACCESS_REVIEW,
    Permission.DECIDE_RELEASE,
    Permission.END_EMPLOYMENT,
    Permission.EXPORT_AUDIT,
    Permission.ISSUE_SIGN_IN_LINK,
    Permission.MAKE_FEED,
    Permission.OPEN_EMERGENCY,
    Permission.READ_PSYCHOTHERAPY,
    Permission.TAKE_BACKUP,
    Permission.WORK_ALONE,
})  # fmt: skip
"""What asks for a code or a passkey shown within the last minutes (`accounts.proofs.FRESH`), whoever does it."""


def must_step_up(permission: Permission, actor: Anyone, now: datetime) -> bool:
    """Whether the person must show a factor again first. Jobs have none and hold only what they were given by name."""
    return permission in NEEDS_FRESH_FACTOR and isinstance(actor, Actor) and not actor.is_fresh(now)


def held_as(permission: Permission, asked: Asked) -> str:
    """By which letter of the table the actor holds this for this row: the first that fits, "" if none does.

    Jobs hold what they were given by name, written `job`. The log keeps the answer, so that whoever reads it later sees
    whether a chart was opened from the care team, by supervision or in an emergency.
    """
    if isinstance(asked.actor, SystemActor):
        return "job" if permission in asked.actor.permissions else ""
    grants = POLICY.get(permission, ())
    if _is_own_record(asked):
        # Whoever works here and is in care here opens their record in the portal: the staff site has none of it.
        grants = tuple(grant for grant in grants if grant.own)
    return next((grant.cell.value for grant in grants if grant.holds(asked)), "")


def _is_own_record(asked: Asked) -> bool:
    own = asked.actor.own_patient_id
    return bool(own) and asked.row is not None and own in asked.row.patients_concerned(asked.session)


def allowed(permission: Permission, asked: Asked) -> bool:
    """Whether the actor may."""
    return bool(held_as(permission, asked))


def may_hold(permission: Permission, actor: Anyone, *, everywhere: bool = False) -> bool:
    """Whether the actor's roles hold the permission for some row; with `everywhere`, for every row of the practice.

    For what a page offers. What is done is decided by `allowed`, with the row.
    """
    if isinstance(actor, SystemActor):
        return permission in actor.permissions
    held = [grant for grant in POLICY.get(permission, ()) if grant.roles & actor.roles]
    return any(grant.reach is None and not grant.own for grant in held) if everywhere else bool(held)


def patients_within_reach(permission: Permission, actor: Anyone, when: Moment) -> "Select[str] | None":
    """The patients whose rows the actor may see under this permission: None for all, else a SELECT of ids.

    Lists use it as a subquery, so that what is out of reach never leaves the database.
    """
    if isinstance(actor, SystemActor):
        return None
    held = [grant for grant in POLICY.get(permission, ()) if grant.roles & actor.roles]
    if any(grant.reach is None and not grant.own for grant in held):
        return None
    reaches = [grant.reach(actor.person_id, when) for grant in held if grant.reach is not None]
    if not reaches:
        return select(CareTeamMember.patient_id).where(false())
    united = union(*reaches).subquery()
    return select(united.c[0])
