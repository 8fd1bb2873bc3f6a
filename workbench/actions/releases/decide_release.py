"""Say yes or no to a copy that leaves; another person than asked. With a yes the packet is made and accounted for."""

import base64
from dataclasses import dataclass

from workbench.actions.releases._packet import Made, leaves_of, made_packet
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.paper.leaf import KIND_WORDS
from workbench.releases.choosing import Choice
from workbench.releases.releasing import check_open, check_paper, chosen
from workbench.releases.rules import (
    EXEMPT,
    MOST_RECORDS,
    AnotherApproves,
    Ground,
    NothingToRelease,
    ReleaseDecided,
    TooMuchAtOnce,
    checked_words,
)
from workbench.releases.tables import (
    Disclosure,
    DisclosureText,
    PacketFile,
    ReleaseDecision,
    ReleasePacket,
    ReleaseRequest,
    Said,
)


@dataclass(frozen=True)
class ReleaseDecidedOn:
    """sha256: of the packet, in hex; empty where it was refused."""

    request_id: str
    is_approved: bool
    sha256: str


@action(
    Permission.DECIDE_RELEASE, on=ReleaseRequest,
    refuses={
        "released_by_another": AnotherApproves, "release_decisions.request_id": ReleaseDecided,
        "uq_release_decisions_request_id": ReleaseDecided,
    },
)  # fmt: skip
def decide_release(work: Work, request: ReleaseRequest, *, is_approved: bool, reason: str = "") -> ReleaseDecidedOn:
    """What goes is found anew now, so that a consent taken back meanwhile, or a new restriction, holds.

    reason: of a refusal.
    Raises:
        ReleaseDecided. AnotherApproves. PaperExpired, PaperRevoked: nothing leaves by it. NothingToRelease.
        TooMuchAtOnce. CannotBeSet. ReleaseUnclear: a refusal without a reason. NotFound: it holds data under 42 CFR
        Part 2, and the actor does not release those.
    """
    check_open(work, request)
    said = "" if is_approved else checked_words(reason)
    work.add(
        ReleaseDecision(
            request_id=request.id, patient_id=request.patient_id, requester_id=request.requester_id,
            decider_id=work.actor.person_id, decided_by=work.actor.user_id, decided_at=work.now,
            is_approved=is_approved, told=Said(said),
        )
    )  # fmt: skip
    work.flush()
    if not is_approved:
        work.record(AuditEvent.RELEASE_REFUSED)
        return ReleaseDecidedOn(request.id, False, "")
    check_paper(work, request, work.today)
    choice = chosen(work, request, leaves_of(work, request.patient_id), work.today)
    if not choice.goes:
        raise NothingToRelease
    if len(choice.goes) > MOST_RECORDS:
        raise TooMuchAtOnce
    if choice.part_2 and not work.allowed(Permission.DECIDE_PART_2, request):
        raise NotFound
    made = made_packet(work, request, choice)
    _file(work, request, choice, made)
    work.record(
        AuditEvent.RELEASE_APPROVED, ground=request.ground, records=len(choice.goes), sha256=made.sha256,
        has_part_2=bool(choice.part_2),
    )  # fmt: skip
    return ReleaseDecidedOn(request.id, True, made.sha256)


def _file(work: Work, request: ReleaseRequest, choice: Choice, made: Made) -> None:
    """The packet, kept for ever, and its line in the accounting (45 CFR 164.528)."""
    work.add(
        ReleasePacket(
            request_id=request.id, patient_id=request.patient_id, sha256=made.sha256, pdf_sha256=made.pdf_sha256,
            byte_count=len(made.content), record_count=len(choice.goes), has_part_2=bool(choice.part_2),
            made_at=work.now, made_by=work.actor.user_id,
            file=PacketFile(base64.b64encode(made.content).decode("ascii")),
        ),
        Disclosure(
            patient_id=request.patient_id, request_id=request.id, ground=request.ground,
            is_exempt=Ground(request.ground) in EXEMPT, has_part_2=bool(choice.part_2), disclosed_on=work.today,
            recorded_at=work.now, recorded_by=work.actor.user_id,
            told=DisclosureText(request.told.recipient, request.told.address, _what(choice), request.told.purpose),
        ),
    )  # fmt: skip
    work.flush()


def _what(choice: Choice) -> str:
    """How many of each kind, and from when to when."""
    counts = {kind: sum(leaf.kind is kind for leaf in choice.goes) for kind in KIND_WORDS}
    told = ", ".join(f"{KIND_WORDS[kind].lower()}: {count}" for kind, count in counts.items() if count)
    return f"{told.capitalize()}; {choice.goes[0].on.isoformat()} to {choice.goes[-1].on.isoformat()}"
