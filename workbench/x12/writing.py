"""What every X12 file we write has in common: safe elements, composites without loose ends, and the envelope."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.kernel.errors import WorkbenchError

SEGMENT, ELEMENT, COMPONENT, REPETITION = "~", "*", ":", "^"
_EXTRA = frozenset("!\"&'()+,-./;?= %@[]_{}\\|<>#$")  # the basic and extended X12 character sets without delimiters


class UnsendableText(WorkbenchError):
    """A word holds a character that an X12 file cannot carry."""


class ControlOutOfRange(WorkbenchError):
    """A control number is not between 1 and 999,999,999."""


@dataclass(frozen=True)
class Sending:
    """The envelope of one file.

    Attributes:
        sender_id, receiver_id: as agreed with the clearinghouse, at most 15 characters.
        control: the interchange's own number, never used twice; the group takes the same.
        written_at: wall time of the practice, shown in ISA, GS and BHT.
        is_test: whether ISA15 says T.
    """

    sender_id: str
    receiver_id: str
    control: int
    written_at: datetime
    is_test: bool = True


def plain(text: str) -> str:
    """`text` in capitals and without accents, as payers want names.

    Raises:
        UnsendableText: a delimiter or a letter that has no plain form. The text is not repeated: it may be a name.
    """
    folded = unicodedata.normalize("NFKD", text.replace("’", "'")).upper()
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter)).strip()
    for letter in kept:
        if not (letter.isascii() and (letter.isalnum() or letter in _EXTRA)):
            raise UnsendableText(f"The character U+{ord(letter):04X} cannot be sent to a payer: use plain letters.")
    return " ".join(kept.split())


def segment(*elements: str) -> str:
    """One segment without its terminator, empty elements at the end left out."""
    return ELEMENT.join(elements).rstrip(ELEMENT)


def composite(*parts: str) -> str:
    """One composite element, empty parts at the end left out."""
    return COMPONENT.join(parts).rstrip(COMPONENT)


def transaction(kind: str, control: int, version: str, body: Sequence[str]) -> list[str]:
    """ST, the body and SE, which counts itself and ST. `version` is left out of ST where it is empty."""
    number = f"{control:04d}"
    return [segment("ST", kind, number, version), *body, segment("SE", str(len(body) + 2), number)]


def interchange(sending: Sending, function: str, version: str, transactions: Sequence[Sequence[str]]) -> bytes:
    """A whole file with one group. `function` is GS01, `version` GS08.

    Raises:
        ControlOutOfRange: the control number has more than nine digits or is not positive.
    """
    if not 0 < sending.control < 1_000_000_000:
        raise ControlOutOfRange(f"Control number {sending.control} does not fit into nine digits.")
    at, number = sending.written_at, str(sending.control)
    sender, receiver = plain(sending.sender_id)[:15], plain(sending.receiver_id)[:15]
    head = [
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{sender:15}*ZZ*{receiver:15}*{at:%y%m%d}*{at:%H%M}*^*00501*"
        f"{sending.control:09d}*0*{'T' if sending.is_test else 'P'}*:",
        segment("GS", function, sender, receiver, f"{at:%Y%m%d}", f"{at:%H%M}", number, "X", version),
    ]
    tail = [segment("GE", str(len(transactions)), number), f"IEA*1*{sending.control:09d}"]
    lines = head + [one for each in transactions for one in each] + tail
    return (SEGMENT.join(lines) + SEGMENT).encode("ascii")
