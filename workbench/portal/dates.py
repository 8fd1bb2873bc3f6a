"""Days, times and sums as each language writes them, in the practice's zone."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from workbench.kernel.money import Cents, dollars

_DAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_MONTHS: Final = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
}  # fmt: skip
_HALVES: Final = {"en": ("AM", "PM"), "es": ("a.\N{NO-BREAK SPACE}m.", "p.\N{NO-BREAK SPACE}m.")}


def day(language: str, on: date) -> str:
    """`Monday, March 9, 2026`, `lunes, 9 de marzo de 2026`."""
    name, month = _DAYS[language][on.weekday()], _MONTHS[language][on.month - 1]
    if language == "es":
        return f"{name}, {on.day} de {month} de {on.year}"
    return f"{name}, {month} {on.day}, {on.year}"


def day_of(language: str, at: datetime, zone: ZoneInfo) -> str:
    """The practice's day on which an instant lies."""
    return day(language, at.astimezone(zone).date())


def clock(language: str, at: datetime, zone: ZoneInfo) -> str:
    """`11:00 AM`, `11:00 a. m.`; the space does not break."""
    local = at.astimezone(zone)
    half = _HALVES[language][local.hour >= 12]
    return f"{local.hour % 12 or 12}:{local:%M}\N{NO-BREAK SPACE}{half}"


def phone(digits: str) -> str:
    """`(555) 555-0100`; as it is kept where it has not ten digits."""
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 and digits.isdigit() else digits


def money(cents: int) -> str:
    """Dollars, which people here write alike in both languages."""
    return dollars(Cents(cents))
