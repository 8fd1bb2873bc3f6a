"""Synthetic data only: no address, number or name in the project can belong to a person."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Breach
from tests.architecture.words import written

_MAIL = re.compile(r"\b[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b")
# RFC 2606 and RFC 6761: names that nobody can register.
_RESERVED = re.compile(r"(^|\.)(test|example|invalid|localhost|example\.(com|org|net))$", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.-])\(?(\d{3})\)?[ .-](\d{3})[.-](\d{4})(?![\d.-])")
_SSN = re.compile(r"(?<![\d.-])(\d{3})-(\d{2})-(\d{4})(?![\d.-])")
# The example in the description of the check digit itself.
_PUBLISHED_NPI = "12345" + "67893"
_NPI = re.compile(r"(?<![\w.-])1[0-9]{9}(?![\w.-])")


def breaches(root: Path) -> list[Breach]:
    """Mail domains that exist, phone numbers outside 555, social security numbers and NPIs that may be issued."""
    found: list[Breach] = []
    for path, file in written(root):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            found += [Breach(path, number, what) for what in _in_line(line)]
    return found


def luhn_of_npi(npi: str) -> bool:
    """Whether the last digit is the NPI check digit: Luhn over 80840 and the number (45 CFR 162.406)."""
    digits = [int(digit) for digit in reversed("80840" + npi)]
    return sum(digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(digits)) % 10 == 0


def _in_line(line: str) -> Iterator[str]:
    for domain in _MAIL.findall(line):
        if not _RESERVED.search(domain):
            yield f"a mail domain that may exist: {domain}"
    for area, exchange, _ in _PHONE.findall(line):
        if "555" not in (area, exchange):
            yield "a phone number outside 555"
    for area, _, _ in _SSN.findall(line):
        if area not in ("000", "666") and not area.startswith("9"):
            yield "a social security number that may be issued"
    for npi in _NPI.findall(line):
        if npi != _PUBLISHED_NPI and luhn_of_npi(npi):
            yield "an NPI that may be a person's: take one that begins with 2"
