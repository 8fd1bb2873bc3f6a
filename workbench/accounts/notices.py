"""What the person of an account must hear of, in words. Rows now; a mail adapter may send the same later."""

from enum import StrEnum
from typing import Final

from workbench.accounts.tables import AccountNotice
from workbench.gate.work import Work


class NoticeKind(StrEnum):
    """What happened. Stored values."""

    ACCESS_CHANGED = "access_changed"
    ACCESS_REQUEST_DONE = "access_request_done"
    ACCESS_REQUEST_REFUSED = "access_request_refused"
    ACCESS_REVIEW_OPENED = "access_review_opened"
    AUTHENTICATOR_OFF = "authenticator_off"
    AUTHENTICATOR_REPLACED = "authenticator_replaced"
    EMERGENCY_OPENED = "emergency_opened"
    EMERGENCY_REVIEW_DUE = "emergency_review_due"
    EMERGENCY_REVIEWED = "emergency_reviewed"
    LAST_HOLDER_KEPT = "last_holder_kept"
    NEW_DEVICE = "new_device"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of an event
    PROXY_ASKED = "proxy_asked"
    RECOVERY_CODES_ISSUED = "recovery_codes_issued"
    RECOVERY_CODE_USED = "recovery_code_used"
    REVIEW_WANTED = "review_wanted"
    ROLE_ENDS_SOON = "role_ends_soon"
    ROLE_UNREVIEWED = "role_unreviewed"


class About(StrEnum):
    """What a notice leads to."""

    ACCOUNT = "account"
    EMERGENCY = "emergency"
    PROXIES = "proxies"


ABOUT: Final = {
    NoticeKind.EMERGENCY_OPENED: About.EMERGENCY,
    NoticeKind.EMERGENCY_REVIEW_DUE: About.EMERGENCY,
    NoticeKind.EMERGENCY_REVIEWED: About.EMERGENCY,
    NoticeKind.PROXY_ASKED: About.PROXIES,
}
"""What is about something else than the account."""

NOTICE_WORDS: Final[dict[NoticeKind, str]] = {
    NoticeKind.ACCESS_CHANGED: "What you may do here has changed",
    NoticeKind.ACCESS_REQUEST_DONE: "Access that you asked for was approved and given",
    NoticeKind.ACCESS_REQUEST_REFUSED: "Access that you asked for was refused",
    NoticeKind.ACCESS_REVIEW_OPENED: "The quarter's review of who holds which access has begun",
    NoticeKind.AUTHENTICATOR_OFF: "Your authenticator was switched off after 100 wrong codes",
    NoticeKind.AUTHENTICATOR_REPLACED: "A new authenticator app was set up for you",
    NoticeKind.EMERGENCY_OPENED: "A chart was opened in an emergency; somebody else reviews it within 72 hours",
    NoticeKind.EMERGENCY_REVIEW_DUE: "An emergency opening waits for its review, which is due within 24 hours",
    NoticeKind.EMERGENCY_REVIEWED: "Your emergency opening of a chart was reviewed",
    NoticeKind.LAST_HOLDER_KEPT: "The last owner's or compliance officer's role was about to end and was kept 30 days",
    NoticeKind.NEW_DEVICE: "You signed in on a new device",
    NoticeKind.PASSKEY_ADDED: "A passkey was added to your account",
    NoticeKind.PASSKEY_REMOVED: "A passkey was removed from your account",
    NoticeKind.PASSWORD_CHANGED: "Your password was changed",
    NoticeKind.PASSWORD_RESET: "Your password was reset by somebody who may; you chose a new one by link",
    NoticeKind.PROXY_ASKED: "Somebody is to stand in for a patient, and it waits for your decision",
    NoticeKind.RECOVERY_CODES_ISSUED: "New recovery codes were made; older ones stopped working",
    NoticeKind.RECOVERY_CODE_USED: "A recovery code was used to sign in as you",
    NoticeKind.REVIEW_WANTED: "Roles end within 14 days unless somebody reviews them",
    NoticeKind.ROLE_ENDS_SOON: "One of your roles ends within 14 days; it has to be asked for again",
    NoticeKind.ROLE_UNREVIEWED: "One of your roles ended: nobody reviewed it for 100 days. It can be asked for again",
}


def tell(work: Work, user_id: str, kind: NoticeKind) -> None:
    """Let the person of this account hear of it."""
    work.add(AccountNotice(user_id=user_id, kind=kind, at=work.now))
