"""The packets of the practice, and what can be put into one. Names no patient."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.claims.tables import Payer
from workbench.forms.library import Mark, Signer, templates
from workbench.forms.tables import FormTemplate, FormVersion, VersionState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.intake.packets import packets_now
from workbench.intake.rules import Ages, ItemKind, PacketItem, PacketRules, read_items, read_rules
from workbench.measures.catalogue import measures
from workbench.measures.wording import words_of
from workbench.scheduling.tables import AppointmentType

__all__ = ["Ages", "ItemKind", "PacketChoices", "PacketItem", "PacketRules", "PacketShown", "Packets", "packets"]


@dataclass(frozen=True)
class PacketShown:
    """A packet as it holds now. holds: its things with their titles, in order."""

    packet_id: str
    nth: int
    name: str
    holds: tuple[tuple[PacketItem, str], ...]
    rules: PacketRules
    is_used: bool


@dataclass(frozen=True)
class PacketChoices:
    """What can be chosen: by key, its words. Measures are those whose questions are shipped."""

    forms: tuple[tuple[str, str], ...] = ()
    measures: tuple[tuple[str, str], ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    payers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Packets:
    """All of them, those in use first, and what a packet is made of."""

    shown: tuple[PacketShown, ...] = ()
    choices: PacketChoices = PacketChoices()


@view(Permission.SET_PACKETS, shows=AuditEvent.PACKETS_SEEN)
def packets(look: Look) -> Packets:
    """As they hold now."""
    titles = {row[0]: row[1] for row in look.execute(select(FormTemplate.id, FormTemplate.title))}
    found = [
        PacketShown(one.packet_id, one.nth, one.name,
                    tuple((item, _title(titles, item)) for item in read_items(one.holds)), read_rules(one.rules),
                    one.is_used)
        for one in packets_now(look)
    ]  # fmt: skip
    return Packets(tuple(sorted(found, key=lambda one: not one.is_used)), _choices(look))


def _title(titles: dict[str, str], item: PacketItem) -> str:
    return measures()[item.key].measure if item.kind is ItemKind.MEASURE else titles[item.key]


def _choices(look: Look) -> PacketChoices:
    rows = look.execute(
        select(FormTemplate.id, FormTemplate.title, FormTemplate.library_key)
        .join(FormVersion, FormVersion.template_id == FormTemplate.id)
        .where(FormVersion.state == VersionState.PUBLISHED)
        .order_by(FormTemplate.title)
    )
    forms = tuple((row_id, title) for row_id, title, key in rows if _is_for_them(key))
    shipped = sorted(
        ((one.key, one.measure) for one in measures().values() if words_of(one) is not None and not one.by_total_only),
        key=lambda one: one[1].casefold(),
    )
    types = look.execute(select(AppointmentType.id, AppointmentType.name).where(AppointmentType.is_active)
                         .order_by(AppointmentType.name))  # fmt: skip
    payers = look.scalars(select(Payer.filing).where(Payer.is_active).distinct().order_by(Payer.filing))
    return PacketChoices(forms, tuple(shipped), tuple((row_id, name) for row_id, name in types), tuple(payers))


_THEIRS = frozenset({Signer.PATIENT, Signer.GUARDIAN, Signer.PATIENT_OR_GUARDIAN})


def _is_for_them(library_key: str) -> bool:
    """Whether a form is filled in by people in care; of a form of the practice's own nobody said that it is not."""
    known = templates().get(library_key)
    return known is None or (Mark.PRACTICE not in known.marks and bool(_THEIRS & set(known.signers)))
