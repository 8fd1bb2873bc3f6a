"""How emergency openings are spoken of."""

from typing import Final

from dashboards.parts.tables import Look
from workbench.gate.emergency import EmergencyKind, EmergencyVerdict
from workbench.screens.emergencies import Emergency

KINDS: Final = {
    EmergencyKind.DANGER_TO_SELF: "Danger to themself",
    EmergencyKind.DANGER_TO_OTHERS: "Danger to somebody else",
    EmergencyKind.MEDICAL: "Medical emergency",
    EmergencyKind.CLINICIAN_UNREACHABLE: "Their clinician cannot be reached and it cannot wait",
}
VERDICTS: Final = {
    EmergencyVerdict.JUSTIFIED: "Justified",
    EmergencyVerdict.NOT_JUSTIFIED: "Not justified",
    EmergencyVerdict.FOLLOW_UP: "Needs follow-up",
}


def look_of(one: Emergency) -> Look:
    """Where an opening stands, as a word, a tone and a shape."""
    if one.is_open:
        return Look("Open now", "warn", "hourglass")
    if one.verdict:
        is_good = one.verdict == EmergencyVerdict.JUSTIFIED
        return Look(VERDICTS[EmergencyVerdict(one.verdict)], "good" if is_good else "bad", "circle-check")
    return Look("Review overdue", "bad", "triangle-alert") if one.is_overdue else Look("To review", "info", "clock")
