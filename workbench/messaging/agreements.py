"""Who may carry something for the practice: only with whom an agreement was signed, approved, and is in force."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select

from workbench.kernel.errors import WorkbenchError
from workbench.messaging.tables import Agreement
from workbench.store.newest import Rows


class AgreementUnclear(WorkbenchError):
    """Something of it cannot be kept. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Some of this cannot be kept yet. Please look at the marked fields.")
        self.fields = fields


class ApprovedAlready(WorkbenchError):
    """Nothing is left to approve."""

    def __init__(self) -> None:
        super().__init__("This agreement was approved before.")


class AnotherApproves(WorkbenchError):
    """Who registered it cannot approve it too."""

    def __init__(self) -> None:
        super().__init__("Somebody else has to approve this: not who registered it.")


class Carries(StrEnum):
    """What an agreement lets out through somebody's server. Stored values."""

    MAIL = "mail"
    TEXT = "text"
    VOICE = "voice"


def service_of(carries: Carries, host: str) -> str:
    """How an agreement names the carrying of mail, texts or calls by a host."""
    return f"{carries}:{host.casefold()}"


def is_agreed(rows: Rows, service: str, on: date) -> bool:
    """Whether an approved agreement covers the service on that day."""
    query = select(Agreement.id).where(
        Agreement.service == service, Agreement.approved_at.is_not(None), Agreement.signed_on <= on,
        Agreement.ends_on > on,
    )  # fmt: skip
    return rows.scalars(query.limit(1)).first() is not None
