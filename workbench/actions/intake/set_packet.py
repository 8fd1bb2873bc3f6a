"""Say what a packet of forms holds and when it is assigned. Who has it already keeps the version they have."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.forms.tables import FormTemplate, FormVersion, VersionState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.rules import (
    ItemKind,
    PacketItem,
    PacketRules,
    PacketUnclear,
    checked_packet,
    write_items,
    write_rules,
)
from workbench.intake.tables import Packet, PacketVersion
from workbench.measures.catalogue import measures
from workbench.measures.wording import words_of
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class PacketSet:
    """The packet, and the number of its version that holds now."""

    packet_id: str
    nth: int


@action(Permission.SET_PACKETS, refuses={"uq_packet_versions_nth": StalePage, "packet_versions.packet_id": StalePage})
def set_packet(
    work: Work, *, name: str, items: tuple[PacketItem, ...], rules: PacketRules, packet_id: str = "",
    is_used: bool = True,
) -> PacketSet:  # fmt: skip
    """packet_id: of one there is, for its next version. is_used: else it is assigned to nobody any more.

    Raises:
        PacketUnclear: by field. NotFound: there is no such packet.
    """
    tidy, kept = checked_packet(name, items)
    _check_there(work, kept)
    packet = work.get(Packet, packet_id) if packet_id else Packet(made_at=work.now, made_by=work.actor.user_id)
    if not packet_id:
        work.add(packet)
        work.flush()
    nth = next_nth(work, PacketVersion.nth, PacketVersion.packet_id == packet.id)
    work.add(PacketVersion(
        packet_id=packet.id, nth=nth, name=tidy, holds=write_items(kept), rules=write_rules(rules), is_used=is_used,
        made_at=work.now, made_by=work.actor.user_id,
    ))  # fmt: skip
    work.flush()
    work.record(AuditEvent.PACKET_SET, subject=packet, nth=nth, items=len(kept), is_used=is_used)
    return PacketSet(packet.id, nth)


def _check_there(work: Work, items: tuple[PacketItem, ...]) -> None:
    forms = {one.key for one in items if one.kind is ItemKind.FORM}
    used = select(FormTemplate.id).join(FormVersion, FormVersion.template_id == FormTemplate.id).where(
        FormVersion.state == VersionState.PUBLISHED, FormTemplate.id.in_(forms)
    )  # fmt: skip
    rules = {one.key for one in items if one.kind is ItemKind.MEASURE}
    asked = {key for key, one in measures().items() if words_of(one) is not None and not one.by_total_only}
    if forms - set(work.scalars(used)) or rules - asked:
        raise PacketUnclear({"items": "One of these cannot be filled in by a person in care. Please choose again."})
