"""Every permission, one line each, alphabetical. The value is stored in the audit log: changing one is a migration."""

from enum import StrEnum


class Permission(StrEnum):
    """What can be asked of the product: `area:thing:verb`."""

    APPROVE_CLAIMS = "billing:claim:approve"
    APPROVE_REMITTANCE = "billing:remittance:approve"
    BOOK_APPOINTMENT = "scheduling:appointment:book"
    CANCEL_APPOINTMENT = "scheduling:appointment:cancel"
    CHECK_IN = "scheduling:attendance:check_in"
    COMPLETE_SESSION = "scheduling:attendance:complete"
    MARK_NO_SHOW = "scheduling:attendance:mark_no_show"
    MOVE_APPOINTMENT = "scheduling:appointment:move"
    POST_REMITTANCE = "billing:remittance:post"
    READ_AUDIT = "compliance:audit:read"
    READ_CHART = "charting:chart:read"
    REGISTER_PATIENT = "people:patient:register"
    SEARCH_PATIENTS = "people:patient:search"
    SEE_BALANCES = "billing:balance:see"
    SEE_CLAIMS = "billing:claim:see"
    SEE_CONTACT = "people:contact:see"
    SEE_JOBS = "operations:job:see"
    SEE_NUMBERS = "reporting:number:see"
    SEE_SCHEDULE = "scheduling:schedule:see"
    SIGN_IN = "accounts:session:open"
    SIGN_NOTE = "charting:note:sign"
    TAKE_PAYMENT = "billing:payment:take"
    UPLOAD_REMITTANCE = "billing:remittance:upload"
    VERIFY_AUDIT = "compliance:audit:verify"
    WRITE_NOTE = "charting:note:write"
