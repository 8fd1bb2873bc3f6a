"""What can be written in the audit log, and how it reads to a compliance officer. Alphabetical; values are stored."""

from enum import StrEnum


class AuditEvent(StrEnum):
    """`thing.past_participle`. Renaming a value is a migration."""

    ACCESS_APPROVED = "access.approved"
    ACCESS_CHANGED = "access.changed"
    ACCESS_REFUSED = "access.refused"
    ACCESS_REQUESTED = "access.requested"
    ACCESS_REQUEST_CHANGED = "access_request.changed"
    ACCESS_REQUEST_WITHDRAWN = "access_request.withdrawn"
    ACCESS_REVIEWS_SEEN = "access_reviews.seen"
    ACCESS_REVIEW_CLOSED = "access_review.closed"
    ACCESS_REVIEW_DECIDED = "access_review.decided"
    ACCESS_REVIEW_LOOKED_FOR = "access_review.looked_for"
    ACCESS_REVIEW_OPENED = "access_review.opened"
    ACCESS_SEEN = "access.seen"
    ACTION_REFUSED = "action.refused"
    AGREEMENTS_SEEN = "agreements.seen"
    AGREEMENT_APPROVED = "agreement.approved"
    AGREEMENT_REGISTERED = "agreement.registered"
    APPOINTMENT_BOOKED = "appointment.booked"
    APPOINTMENT_CANCELLED = "appointment.cancelled"
    APPOINTMENT_MOVED = "appointment.moved"
    ATTENDANCE_CHECKED_IN = "attendance.checked_in"
    ATTENDANCE_COMPLETED = "attendance.completed"
    ATTENDANCE_MISSED = "attendance.missed"
    ATTENDANCE_STARTED = "attendance.started"
    AUDIT_ANSWER_TAKEN = "audit_answer.taken"
    AUDIT_EXPORTED = "audit.exported"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFIED = "audit.verified"
    AUTHENTICATOR_REPLACED = "authenticator.replaced"
    BACKUP_PUT_BACK = "backup.put_back"
    BACKUP_TAKEN = "backup.taken"
    BALANCE_SEEN = "balance.seen"
    BOOKING_UNDONE = "booking.undone"
    CANCELLATION_UNDONE = "cancellation.undone"
    CARE_TEAM_JOINED = "care_team.joined"
    CHART_READ = "chart.read"
    CLAIMS_APPROVED = "claims.approved"
    CLAIMS_SEEN = "claims.seen"
    CLAIM_FILE_TAKEN = "claim_file.taken"
    CLEARANCE_TICKED = "clearance.ticked"
    CLOCK_REGRESSION = "clock.regression"
    CONSENT_RECORDED = "consent.recorded"
    CONSENT_SEEN = "consent.seen"
    DEMO_LOADED = "demo.loaded"
    EMPLOYMENT_ENDED = "employment.ended"
    FEEDS_SEEN = "feeds.seen"
    FEED_ENDED = "feed.ended"
    FEED_MADE = "feed.made"
    FEED_READ = "feed.read"
    GRANT_SUSPENDED = "grant.suspended"
    GRANTS_WATCHED = "grants.watched"
    MEASURES_READ = "measures.read"
    EMERGENCIES_SEEN = "emergencies.seen"
    DEPARTURES_SEEN = "departures.seen"
    DEPARTURE_COMPLETED = "departure.completed"
    DEPARTURE_WITHDRAWN = "departure.withdrawn"
    EMERGENCY_CLOSED = "emergency.closed"
    EMERGENCY_OPENED = "emergency.opened"
    EMERGENCY_RECEIPTS_TAKEN = "emergency.receipts_taken"
    EMERGENCY_REVIEW_REMINDED = "emergency.review_reminded"
    EMERGENCY_REVIEWED = "emergency.reviewed"
    HOURS_SET = "hours.set"
    JOBS_SEEN = "jobs.seen"
    JOB_RETRIED = "job.retried"
    KEPT_ANSWERS_EXPIRED = "kept_answers.expired"
    LAST_HOLDER_KEPT = "last_holder.kept"
    MOVE_UNDONE = "move.undone"
    NOTE_SIGNED = "note.signed"
    NOTE_WRITTEN = "note.written"
    NOTICES_SEEN = "notices.seen"
    NUMBERS_QUERIED = "numbers.queried"
    NUMBERS_SEEN = "numbers.seen"
    NUMBER_ROWS_SEEN = "number_rows.seen"
    OFFER_ACCEPTED = "offer.accepted"
    OFFER_DECLINED = "offer.declined"
    PASSKEY_ADDED = "passkey.added"
    PASSKEY_REMOVED = "passkey.removed"
    PASSKEY_RENAMED = "passkey.renamed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - the name of an event
    PATIENT_FOUND = "patient.found"
    OWN_OPENINGS_SEEN = "own_openings.seen"
    OWN_RECORD_NOTED = "own_record.noted"
    PATIENT_REGISTERED = "patient.registered"
    PATIENT_SEEN = "patient.seen"
    PAYMENT_TAKEN = "payment.taken"
    PRACTICE_CLOSED = "practice.closed"
    PROFILE_SET = "profile.set"
    PROXY_LINK_APPROVED = "proxy_link.approved"
    PROXY_LINK_ASKED = "proxy_link.asked"
    PROXY_LINK_ENDED = "proxy_link.ended"
    PROXY_LINK_REFUSED = "proxy_link.refused"
    PROXY_LINKS_SEEN = "proxy_links.seen"
    RECOVERY_CODES_ISSUED = "recovery_codes.issued"
    RECOVERY_CODE_USED = "recovery_code.used"
    REMINDERS_PLANNED = "reminders.planned"
    REMINDERS_SEEN = "reminders.seen"
    REMINDERS_SET = "reminders.set"
    REMINDER_ANSWERED = "reminder.answered"
    REMINDER_BEGUN = "reminder.begun"
    REMINDER_SETTINGS_SEEN = "reminder_settings.seen"
    REMINDER_SETTLED = "reminder.settled"
    REMITTANCE_APPROVED = "remittance.approved"
    REMITTANCE_POSTED = "remittance.posted"
    REMITTANCE_SEEN = "remittance.seen"
    REMITTANCE_UPLOADED = "remittance.uploaded"
    ROLE_PREVIEWED = "role.previewed"
    SCHEDULE_SEEN = "schedule.seen"
    SELF_APPROVALS_SEEN = "self_approvals.seen"
    SELF_APPROVALS_STATED = "self_approvals.stated"
    SERIES_BOOKED = "series.booked"
    SERIES_CANCELLED = "series.cancelled"
    SERIES_MOVED = "series.moved"
    SESSIONS_ENDED = "sessions.ended"
    SESSION_ENDED = "session.ended"
    SESSION_OPENED = "session.opened"
    SESSION_PROVEN = "session.proven"
    SIGN_IN_LINK_ISSUED = "sign_in_link.issued"
    SIGN_IN_LINK_USED = "sign_in_link.used"
    SIGN_IN_REFUSED = "sign_in.refused"
    SIGN_IN_SEEN = "sign_in.seen"
    SOLO_MODE_BEGUN = "solo_mode.begun"
    SOLO_MODE_ENDED = "solo_mode.ended"
    STAFF_ADDED = "staff.added"
    STAFF_SEEN = "staff.seen"
    TEXT_HEARD = "text.heard"
    TIME_AWAY_ADDED = "time_away.added"
    TIME_AWAY_WITHDRAWN = "time_away.withdrawn"
    TIME_OFFERED = "time.offered"
    USER_DISABLED = "user.disabled"
    USER_ENABLED = "user.enabled"
    FACTORS_ENDED = "factors.ended"
    USER_INVITED = "user.invited"
    USER_PROVISIONED = "user.provisioned"
    WAITLIST_JOINED = "waitlist.joined"
    WAITLIST_LEFT = "waitlist.left"
    WAITLIST_SEEN = "waitlist.seen"
    WISH_RENEWED = "wish.renewed"


SENTENCES: dict[AuditEvent, str] = {
    AuditEvent.ACCESS_APPROVED: "approved a request for access",
    AuditEvent.ACCESS_CHANGED: "gave or ended roles as approved",
    AuditEvent.ACCESS_REFUSED: "refused a request for access",
    AuditEvent.ACCESS_REQUESTED: "asked for access for somebody",
    AuditEvent.ACCESS_REQUEST_CHANGED: "changed a request for access",
    AuditEvent.ACCESS_REQUEST_WITHDRAWN: "withdrew a request for access",
    AuditEvent.ACCESS_REVIEWS_SEEN: "looked at the reviews of access",
    AuditEvent.ACCESS_REVIEW_CLOSED: "closed a review of access and wrote its certificate",
    AuditEvent.ACCESS_REVIEW_DECIDED: "decided about a role under review",
    AuditEvent.ACCESS_REVIEW_LOOKED_FOR: "saw that this quarter's review of access is open",
    AuditEvent.ACCESS_REVIEW_OPENED: "opened a review of access",
    AuditEvent.ACCESS_SEEN: "looked at who holds which access",
    AuditEvent.ACTION_REFUSED: "was refused",
    AuditEvent.AGREEMENTS_SEEN: "looked at the agreements with carriers",
    AuditEvent.AGREEMENT_APPROVED: "approved an agreement with a carrier",
    AuditEvent.AGREEMENT_REGISTERED: "registered an agreement with a carrier",
    AuditEvent.APPOINTMENT_BOOKED: "booked an appointment",
    AuditEvent.APPOINTMENT_CANCELLED: "cancelled an appointment",
    AuditEvent.APPOINTMENT_MOVED: "moved an appointment",
    AuditEvent.ATTENDANCE_CHECKED_IN: "marked an arrival",
    AuditEvent.ATTENDANCE_COMPLETED: "completed a session",
    AuditEvent.ATTENDANCE_MISSED: "marked a no-show",
    AuditEvent.ATTENDANCE_STARTED: "began a session",
    AuditEvent.AUDIT_ANSWER_TAKEN: "took a copy of an answer of the audit log",
    AuditEvent.AUDIT_EXPORTED: "took a copy of the audit log",
    AuditEvent.AUDIT_READ: "read the audit log",
    AuditEvent.AUDIT_VERIFIED: "verified the audit log",
    AuditEvent.AUTHENTICATOR_REPLACED: "set up a new authenticator app",
    AuditEvent.BACKUP_PUT_BACK: "went on from a backup",
    AuditEvent.BACKUP_TAKEN: "took a backup of the practice",
    AuditEvent.BALANCE_SEEN: "saw a patient's balance",
    AuditEvent.BOOKING_UNDONE: "took a booking back",
    AuditEvent.CANCELLATION_UNDONE: "took a cancellation back",
    AuditEvent.CARE_TEAM_JOINED: "put a clinician on a care team",
    AuditEvent.CHART_READ: "read a chart",
    AuditEvent.CLAIMS_APPROVED: "approved claims for sending",
    AuditEvent.CLAIMS_SEEN: "saw the claims",
    AuditEvent.CLAIM_FILE_TAKEN: "took a copy of a claim file",
    AuditEvent.CLEARANCE_TICKED: "ticked what is settled of somebody's clearance",
    AuditEvent.CLOCK_REGRESSION: "wrote with a time before that of the line above",
    AuditEvent.CONSENT_RECORDED: "wrote down whether a patient may be written to",
    AuditEvent.CONSENT_SEEN: "saw whether a patient may be written to",
    AuditEvent.DEMO_LOADED: "loaded a part of the synthetic practice",
    AuditEvent.FEEDS_SEEN: "saw which devices read their calendar",
    AuditEvent.FEED_ENDED: "stopped a device from reading their calendar",
    AuditEvent.FEED_MADE: "let a device read their calendar",
    AuditEvent.FEED_READ: "read their calendar with a device",
    AuditEvent.MEASURES_READ: "read a patient's measures",
    AuditEvent.EMPLOYMENT_ENDED: "set the end of an employment",
    AuditEvent.GRANT_SUSPENDED: "ended a role that nobody had reviewed for a hundred days",
    AuditEvent.GRANTS_WATCHED: "looked for roles that end soon",
    AuditEvent.EMERGENCIES_SEEN: "looked at emergency openings",
    AuditEvent.DEPARTURES_SEEN: "looked at who leaves",
    AuditEvent.DEPARTURE_COMPLETED: "wrote the certificate of somebody who left",
    AuditEvent.DEPARTURE_WITHDRAWN: "took back the end of an employment",
    AuditEvent.EMERGENCY_CLOSED: "closed a chart opened in an emergency",
    AuditEvent.EMERGENCY_OPENED: "opened a chart in an emergency",
    AuditEvent.EMERGENCY_RECEIPTS_TAKEN: "took the receipts of an emergency opening",
    AuditEvent.EMERGENCY_REVIEW_REMINDED: "reminded of an emergency opening that nobody reviewed yet",
    AuditEvent.EMERGENCY_REVIEWED: "reviewed an emergency opening",
    AuditEvent.HOURS_SET: "said when a clinician sees people",
    AuditEvent.JOBS_SEEN: "looked at the background jobs",
    AuditEvent.JOB_RETRIED: "sent a failed job back to work",
    AuditEvent.KEPT_ANSWERS_EXPIRED: "forgot answers kept for resent forms",
    AuditEvent.LAST_HOLDER_KEPT: "kept the last owner or compliance officer from ending",
    AuditEvent.MOVE_UNDONE: "took a move of an appointment back",
    AuditEvent.NOTE_SIGNED: "signed and locked a note",
    AuditEvent.NOTE_WRITTEN: "wrote a draft of a note",
    AuditEvent.NOTICES_SEEN: "looked at their notices",
    AuditEvent.NUMBERS_QUERIED: "asked for numbers from a notebook",
    AuditEvent.NUMBERS_SEEN: "saw the practice's numbers",
    AuditEvent.NUMBER_ROWS_SEEN: "opened a number to the rows behind it",
    AuditEvent.OFFER_ACCEPTED: "booked a time that somebody on the waitlist said yes to",
    AuditEvent.OFFER_DECLINED: "kept that an offered time was not taken",
    AuditEvent.PASSKEY_ADDED: "added a passkey",
    AuditEvent.PASSKEY_REMOVED: "removed a passkey",
    AuditEvent.PASSKEY_RENAMED: "renamed a passkey",
    AuditEvent.PASSWORD_CHANGED: "changed their password",
    AuditEvent.PATIENT_FOUND: "searched for patients",
    AuditEvent.OWN_OPENINGS_SEEN: "looked at who opened their record",
    AuditEvent.OWN_RECORD_NOTED: "noted that somebody in care works here",
    AuditEvent.PATIENT_REGISTERED: "registered a patient",
    AuditEvent.PATIENT_SEEN: "opened a patient's file",
    AuditEvent.PAYMENT_TAKEN: "took a payment",
    AuditEvent.PRACTICE_CLOSED: "closed the practice for a time",
    AuditEvent.PROFILE_SET: "said whom a clinician can take",
    AuditEvent.PROXY_LINK_APPROVED: "let somebody stand in for a patient",
    AuditEvent.PROXY_LINK_ASKED: "asked that somebody may stand in for a patient",
    AuditEvent.PROXY_LINK_ENDED: "ended that somebody stands in for a patient",
    AuditEvent.PROXY_LINK_REFUSED: "refused that somebody stands in for a patient",
    AuditEvent.PROXY_LINKS_SEEN: "looked at who stands in for patients",
    AuditEvent.RECOVERY_CODES_ISSUED: "made new recovery codes",
    AuditEvent.RECOVERY_CODE_USED: "signed in with a recovery code",
    AuditEvent.REMINDERS_PLANNED: "planned the reminders of an appointment",
    AuditEvent.REMINDERS_SEEN: "saw the reminders",
    AuditEvent.REMINDERS_SET: "changed how reminders go out",
    AuditEvent.REMINDER_ANSWERED: "answered by the link of a reminder",
    AuditEvent.REMINDER_BEGUN: "began to send a reminder",
    AuditEvent.REMINDER_SETTINGS_SEEN: "looked at how reminders go out",
    AuditEvent.REMINDER_SETTLED: "kept what became of a reminder",
    AuditEvent.REMITTANCE_APPROVED: "approved a remittance",
    AuditEvent.REMITTANCE_POSTED: "posted a remittance",
    AuditEvent.REMITTANCE_SEEN: "saw the remittances",
    AuditEvent.REMITTANCE_UPLOADED: "uploaded a remittance",
    AuditEvent.ROLE_PREVIEWED: "looked at the workbench as another role, without data",
    AuditEvent.SCHEDULE_SEEN: "saw the schedule",
    AuditEvent.SELF_APPROVALS_SEEN: "looked at what was approved by one person alone",
    AuditEvent.SELF_APPROVALS_STATED: "wrote the week's statement of what was approved alone",
    AuditEvent.SERIES_BOOKED: "booked appointments that repeat",
    AuditEvent.SERIES_CANCELLED: "cancelled the rest of a series",
    AuditEvent.SERIES_MOVED: "moved the rest of a series",
    AuditEvent.SESSIONS_ENDED: "ended their other sessions",
    AuditEvent.SESSION_ENDED: "signed out",
    AuditEvent.SESSION_OPENED: "signed in",
    AuditEvent.SESSION_PROVEN: "showed again who they are",
    AuditEvent.SIGN_IN_LINK_ISSUED: "made a link for somebody to sign in",
    AuditEvent.SIGN_IN_LINK_USED: "chose a password by their link",
    AuditEvent.SIGN_IN_REFUSED: "was refused at sign-in",
    AuditEvent.SIGN_IN_SEEN: "looked at how they sign in",
    AuditEvent.SOLO_MODE_BEGUN: "turned on working alone",
    AuditEvent.SOLO_MODE_ENDED: "ended working alone",
    AuditEvent.STAFF_ADDED: "added somebody who works here",
    AuditEvent.STAFF_SEEN: "looked up who works here",
    AuditEvent.TEXT_HEARD: "answered a reminder by text",
    AuditEvent.TIME_AWAY_ADDED: "noted that a clinician sees nobody for a time",
    AuditEvent.TIME_AWAY_WITHDRAWN: "took a time away back",
    AuditEvent.TIME_OFFERED: "offered a free time to somebody on the waitlist",
    AuditEvent.USER_DISABLED: "disabled an account and ended its sessions",
    AuditEvent.USER_ENABLED: "let a disabled account back, to be set up anew",
    AuditEvent.FACTORS_ENDED: "ended every factor of somebody who had lost theirs",
    AuditEvent.USER_INVITED: "made an account that waits for its person",
    AuditEvent.USER_PROVISIONED: "set up an account",
    AuditEvent.WAITLIST_JOINED: "put somebody on the waitlist",
    AuditEvent.WAITLIST_LEFT: "took somebody off the waitlist",
    AuditEvent.WAITLIST_SEEN: "looked at the waitlist",
    AuditEvent.WISH_RENEWED: "kept what somebody on the waitlist wishes for",
}


def said(event: str) -> str:
    """An event of the log in words; its own name where an older version wrote one that is no more."""
    return SENTENCES[AuditEvent(event)] if event in AuditEvent.__members__.values() else event
