"""Rows of invitations to the portal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.accounts.portal_rules import MOST_WRONG
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime

CODE_FIELD, DESK_FIELD = "portal code", "portal desk word"


@dataclass(frozen=True)
class InvitationDetails:
    """The address they will sign in with."""

    email: str


class PortalInvitation(Base):
    """A way to make the account of `person_id` (the patient, or a proxy of theirs), once, until `expires_at`.

    code_token, desk_token: keyed hashes; the code travels, the word is handed over. wrong: tries with the right code
    and something else wrong; the fifth ends it. notice: the edition that was acknowledged, "" before it was used.
    """

    __tablename__ = "portal_invitations"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pin"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    person_id: Mapped[str]
    code_token: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    desk_token: Mapped[bytes] = mapped_column(LargeBinary)
    identity_checked: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wrong: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    notice: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    details = SealedDocument(InvitationDetails, owner="patient_id")

    __table_args__ = (
        Index(None, "patient_id"),
        Index(None, "person_id"),
        CheckConstraint(f"wrong BETWEEN 0 AND {MOST_WRONG}", name="tries"),
        CheckConstraint(f"wrong < {MOST_WRONG} OR ended_at IS NOT NULL", name="burned"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def patients_concerned(self, session: Session) -> frozenset[str]:  # noqa: ARG002
        """Whose record it opens."""
        return frozenset({self.patient_id})

    def still_counts(self, now: datetime) -> bool:
        """Whether it lets somebody in at `now`; at exactly its end it does not."""
        return self.used_at is None and self.ended_at is None and now < self.expires_at


def invitations_of(person_id: str) -> Select[PortalInvitation]:
    """Every invitation of this person, the newest first."""
    return (
        select(PortalInvitation)
        .where(PortalInvitation.person_id == person_id)
        .order_by(PortalInvitation.issued_at.desc(), PortalInvitation.id.desc())
    )
