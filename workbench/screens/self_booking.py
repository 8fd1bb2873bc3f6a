"""What people in care may book by themselves, of every kind of appointment on offer; names no patient."""

from dataclasses import dataclass

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import staff_named
from workbench.people.rules import practises
from workbench.scheduling.own_bookings import open_types, rules_of
from workbench.scheduling.self_booking import How, Rule, SeenBy, Whom
from workbench.screens.open_slots import clinicians

__all__ = ["How", "Rule", "RuleShown", "SeenBy", "SelfBooking", "Whom", "self_booking"]


@dataclass(frozen=True)
class RuleShown:
    """One kind and its rule; of a kind of which nobody has said anything, that nothing is booked."""

    type_id: str
    name: str
    minutes: int
    rule: Rule


@dataclass(frozen=True)
class SelfBooking:
    """By name. clinicians: id and name of who works here today."""

    kinds: tuple[RuleShown, ...] = ()
    clinicians: tuple[tuple[str, str], ...] = ()


@view(Permission.SET_APPOINTMENT_TYPES, shows=AuditEvent.APPOINTMENT_TYPES_SEEN)
def self_booking(look: Look) -> SelfBooking:
    """All on offer."""
    types = open_types(look)
    rules = rules_of(look, [one.id for one in types])
    kinds = tuple(RuleShown(one.id, one.name, one.minutes, rules.get(one.id, ("", Rule()))[1]) for one in types)
    names = staff_named(look, [one.id for one in clinicians(look) if practises(one, look.today)])
    shown = ((key, one.shown_name) for key, one in names.items())
    return SelfBooking(kinds, tuple(sorted(shown, key=lambda one: (one[1].casefold(), one[0]))))
