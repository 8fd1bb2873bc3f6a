"""How the stored statuses look, in one place: the same thing has the same word, shape and colour on every page."""

from dashboards.parts.tables import Look, Looks

APPOINTMENT = Looks(
    {
        "requested": Look("Requested", "violet", "circle-dashed"),
        "booked": Look("Booked", "info", "calendar"),
        "confirmed": Look("Confirmed", "accent", "calendar-check"),
        "arrived": Look("Arrived", "warn", "door-open"),
        "in_session": Look("In session", "warn", "timer"),
        "completed": Look("Completed", "neutral", "circle-check"),
        "kept": Look("Kept", "good", "circle-check"),
        "no_show": Look("No-show", "bad", "user-x"),
        "cancelled": Look("Cancelled", "neutral", "circle-slash"),
        "late_cancelled": Look("Late cancel", "bad", "clock-alert"),
        "cancelled_late": Look("Late cancel", "bad", "clock-alert"),
        "cancelled_by_practice": Look("Cancelled by us", "neutral", "ban"),
    }
)

NOTE = Looks(
    {
        "missing": Look("No note", "bad", "file-plus"),
        "draft": Look("Draft", "warn", "file-pen-line"),
        "review": Look("For review", "violet", "user-check"),
        "returned": Look("Returned", "warn", "reply"),
        "signed": Look("Signed", "good", "file-check"),
        "locked": Look("Locked", "good", "lock"),
        "amended": Look("Amended", "info", "file-plus"),
    }
)

CLAIM = Looks(
    {
        "draft": Look("Draft", "neutral", "file-pen-line"),
        "ready": Look("Ready", "info", "file-text"),
        "approved": Look("Approved", "accent", "badge-check"),
        "submitted": Look("Submitted", "info", "send"),
        "accepted": Look("Accepted", "info", "inbox"),
        "rejected": Look("Rejected", "bad", "circle-x"),
        "denied": Look("Denied", "bad", "circle-slash"),
        "needs_work": Look("Needs work", "warn", "triangle-alert"),
        "partly_paid": Look("Partly paid", "warn", "circle-dot"),
        "paid": Look("Paid", "good", "circle-check"),
        "settled": Look("Settled", "good", "circle-check"),
        "closed": Look("Closed", "neutral", "lock"),
    }
)

REMITTANCE = Looks(
    {
        "received": Look("Received", "neutral", "inbox"),
        "balanced": Look("Balanced", "info", "scale"),
        "unbalanced": Look("Does not balance", "bad", "triangle-alert"),
        "proposed": Look("Proposed", "violet", "list-checks"),
        "approved": Look("Approved", "accent", "badge-check"),
        "posted": Look("Posted", "good", "circle-check"),
        "refused": Look("Refused", "bad", "circle-x"),
        "set_aside": Look("Set aside", "neutral", "circle-slash"),
        "blocked": Look("Blocked", "bad", "ban"),
        "unmatched": Look("No match", "warn", "circle-question-mark"),
    }
)

JOB = Looks(
    {
        "waiting": Look("Waiting", "neutral", "hourglass"),
        "running": Look("Running", "info", "loader-circle"),
        "done": Look("Done", "good", "circle-check"),
        "retrying": Look("Trying again", "warn", "refresh-cw"),
        "failed": Look("Failed", "bad", "circle-x"),
    }
)

RISK = Looks({
    "low": Look("Low", "good", "shield-check"), "moderate": Look("Moderate", "warn", "shield"),
    "high": Look("High", "bad", "triangle-alert"), "imminent": Look("Imminent", "bad", "circle-alert"),
})  # fmt: skip

ALERT = Looks({
    "waiting": Look("Waiting", "bad", "clock-alert"), "answered": Look("Answered", "good", "circle-check"),
})  # fmt: skip

REMINDER = Looks({
    "sent": Look("Sent", "good", "send"), "failed": Look("Failed", "bad", "circle-x"),
    "unknown": Look("Not known", "warn", "circle-question-mark"),
})  # fmt: skip
