"""What can be written in the audit log, and how it reads to a compliance officer. Alphabetical; values are stored."""

from enum import StrEnum


class AuditEvent(StrEnum):
    """`thing.past_participle`. Renaming a value is a migration."""

    ACTION_REFUSED = "action.refused"
    APPOINTMENT_BOOKED = "appointment.booked"
    APPOINTMENT_CANCELLED = "appointment.cancelled"
    APPOINTMENT_MOVED = "appointment.moved"
    ATTENDANCE_CHECKED_IN = "attendance.checked_in"
    ATTENDANCE_COMPLETED = "attendance.completed"
    ATTENDANCE_MISSED = "attendance.missed"
    ATTENDANCE_STARTED = "attendance.started"
    AUDIT_EXPORTED = "audit.exported"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFIED = "audit.verified"
    AUTHENTICATOR_REPLACED = "authenticator.replaced"
    BALANCE_SEEN = "balance.seen"
    CARE_TEAM_JOINED = "care_team.joined"
    CHART_READ = "chart.read"
    CLAIM_FILE_TAKEN = "claim_file.taken"
    CLAIMS_APPROVED = "claims.approved"
    CLAIMS_SEEN = "claims.seen"
    CLOCK_REGRESSION = "clock.regression"
    DEMO_LOADED = "demo.loaded"
    JOBS_SEEN = "jobs.seen"
    JOB_RETRIED = "job.retried"
    KEPT_ANSWERS_EXPIRED = "kept_answers.expired"
    NOTE_SIGNED = "note.signed"
    NOTE_WRITTEN = "note.written"
    NUMBERS_QUERIED = "numbers.queried"
    NOTICES_SEEN = "notices.seen"
    NUMBERS_SEEN = "numbers.seen"
    NUMBER_ROWS_SEEN = "number_rows.seen"
    PASSKEY_ADDED = "passkey.added"
    PASSKEY_REMOVED = "passkey.removed"
    PASSKEY_RENAMED = "passkey.renamed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - the name of an event
    PATIENT_FOUND = "patient.found"
    PATIENT_REGISTERED = "patient.registered"
    PATIENT_SEEN = "patient.seen"
    PAYMENT_TAKEN = "payment.taken"
    RECOVERY_CODES_ISSUED = "recovery_codes.issued"
    RECOVERY_CODE_USED = "recovery_code.used"
    REMITTANCE_APPROVED = "remittance.approved"
    REMITTANCE_POSTED = "remittance.posted"
    REMITTANCE_SEEN = "remittance.seen"
    REMITTANCE_UPLOADED = "remittance.uploaded"
    SCHEDULE_SEEN = "schedule.seen"
    SESSIONS_ENDED = "sessions.ended"
    SESSION_ENDED = "session.ended"
    SESSION_OPENED = "session.opened"
    SESSION_PROVEN = "session.proven"
    SIGN_IN_REFUSED = "sign_in.refused"
    SIGN_IN_SEEN = "sign_in.seen"
    STAFF_SEEN = "staff.seen"
    USER_PROVISIONED = "user.provisioned"


SENTENCES: dict[AuditEvent, str] = {
    AuditEvent.ACTION_REFUSED: "was refused",
    AuditEvent.APPOINTMENT_BOOKED: "booked an appointment",
    AuditEvent.APPOINTMENT_CANCELLED: "cancelled an appointment",
    AuditEvent.APPOINTMENT_MOVED: "moved an appointment",
    AuditEvent.ATTENDANCE_CHECKED_IN: "marked an arrival",
    AuditEvent.ATTENDANCE_COMPLETED: "completed a session",
    AuditEvent.ATTENDANCE_MISSED: "marked a no-show",
    AuditEvent.ATTENDANCE_STARTED: "began a session",
    AuditEvent.AUDIT_EXPORTED: "took a copy of the audit log",
    AuditEvent.AUDIT_READ: "read the audit log",
    AuditEvent.AUDIT_VERIFIED: "verified the audit log",
    AuditEvent.AUTHENTICATOR_REPLACED: "set up a new authenticator app",
    AuditEvent.BALANCE_SEEN: "saw a patient's balance",
    AuditEvent.CARE_TEAM_JOINED: "put a clinician on a care team",
    AuditEvent.CHART_READ: "read a chart",
    AuditEvent.CLAIM_FILE_TAKEN: "took a copy of a claim file",
    AuditEvent.CLAIMS_APPROVED: "approved claims for sending",
    AuditEvent.CLAIMS_SEEN: "saw the claims",
    AuditEvent.CLOCK_REGRESSION: "wrote with a time before that of the line above",
    AuditEvent.DEMO_LOADED: "loaded a part of the synthetic practice",
    AuditEvent.JOBS_SEEN: "looked at the background jobs",
    AuditEvent.JOB_RETRIED: "sent a failed job back to work",
    AuditEvent.KEPT_ANSWERS_EXPIRED: "forgot answers kept for resent forms",
    AuditEvent.NOTE_SIGNED: "signed and locked a note",
    AuditEvent.NOTE_WRITTEN: "wrote a draft of a note",
    AuditEvent.NUMBERS_QUERIED: "asked for numbers from a notebook",
    AuditEvent.NOTICES_SEEN: "looked at their notices",
    AuditEvent.NUMBERS_SEEN: "saw the practice's numbers",
    AuditEvent.NUMBER_ROWS_SEEN: "opened a number to the rows behind it",
    AuditEvent.PASSKEY_ADDED: "added a passkey",
    AuditEvent.PASSKEY_REMOVED: "removed a passkey",
    AuditEvent.PASSKEY_RENAMED: "renamed a passkey",
    AuditEvent.PASSWORD_CHANGED: "changed their password",
    AuditEvent.PATIENT_FOUND: "searched for patients",
    AuditEvent.PATIENT_REGISTERED: "registered a patient",
    AuditEvent.PATIENT_SEEN: "opened a patient's file",
    AuditEvent.PAYMENT_TAKEN: "took a payment",
    AuditEvent.RECOVERY_CODES_ISSUED: "made new recovery codes",
    AuditEvent.RECOVERY_CODE_USED: "signed in with a recovery code",
    AuditEvent.REMITTANCE_APPROVED: "approved a remittance",
    AuditEvent.REMITTANCE_POSTED: "posted a remittance",
    AuditEvent.REMITTANCE_SEEN: "saw the remittances",
    AuditEvent.REMITTANCE_UPLOADED: "uploaded a remittance",
    AuditEvent.SCHEDULE_SEEN: "saw the schedule",
    AuditEvent.SESSIONS_ENDED: "ended their other sessions",
    AuditEvent.SESSION_ENDED: "signed out",
    AuditEvent.SESSION_OPENED: "signed in",
    AuditEvent.SESSION_PROVEN: "showed again who they are",
    AuditEvent.SIGN_IN_REFUSED: "was refused at sign-in",
    AuditEvent.SIGN_IN_SEEN: "looked at how they sign in",
    AuditEvent.STAFF_SEEN: "looked up who works here",
    AuditEvent.USER_PROVISIONED: "set up an account",
}
