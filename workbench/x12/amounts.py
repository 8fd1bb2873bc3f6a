"""Amounts as X12 writes them (`160`, `85.5`, `-25.00`) to whole cents and back."""

import re

_AMOUNT = re.compile(r"([+-]?)(\d{0,13})(?:\.(\d{0,2})0*)?")


class Amounts(dict[str, int]):
    """Cents by the text of an amount, each text worked out once: a remittance says `160` thousands of times.

    What is not an amount in whole cents counts as 0 and is kept in `unread`, so that the reader can say where it stood.
    """

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.unread: list[str] = []

    def __missing__(self, text: str) -> int:
        found = _AMOUNT.fullmatch(text.strip())
        if found is None or not (found[2] or found[3]):
            self.unread.append(text)
            return 0  # not remembered: the next place it stands must be named too
        value = int(found[2] or "0") * 100 + int((found[3] or "").ljust(2, "0"))
        self[text] = value = -value if found[1] == "-" else value
        return value


def written(cents: int) -> str:
    """Cents as X12 wants them, without trailing zeros: `16000 -> "160"`, `-2550 -> "-25.5"`."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{rest:02d}".rstrip("0")
