"""Money is whole cents. Rates are `Decimal`; rounding happens once, here, half to even. No float, ever."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NewType

from workbench.kernel.errors import WorkbenchError

Cents = NewType("Cents", int)

# Ten million dollars in one amount is a typing slip in a therapy practice, not a fee.
LARGEST = Cents(1_000_000_000)

# As people write amounts, `-$1,234.50` and `$-5` included; no exponents, which overflow.
_WRITTEN = re.compile(r"\$?([+-]?)\$?(\d[\d,]*(?:\.\d*)?|\.\d+)", re.ASCII)
# Beyond the 28 digits that `Decimal` keeps, a fraction of a cent would be rounded away unseen.
_LONGEST = 24


class NotMoney(WorkbenchError):
    """The text is not an amount of dollars and whole cents."""


def cents(dollars_text: str) -> Cents:
    """Cents of an amount written in dollars: `cents("160") == 16000`, `cents("1,234.5") == 123450`.

    Raises:
        NotMoney: not a number, fractions of a cent, or beyond ten million dollars either way.
    """
    written = _WRITTEN.fullmatch(dollars_text.strip())
    if written is not None and len(written[2]) <= _LONGEST:
        whole = Decimal(written[1] + written[2].replace(",", "")).scaleb(2)
        if whole == whole.to_integral_value() and abs(whole) <= LARGEST:
            return Cents(int(whole))
    raise NotMoney(f"“{dollars_text[:30]}” is not an amount in dollars and whole cents.")


def share(amount: Cents, rate: Decimal) -> Cents:
    """`rate` of `amount`, rounded half to even to a whole cent: `share(cents("160"), Decimal("0.5")) == 8000`."""
    return Cents(int((Decimal(amount) * rate).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)))


def dollars(amount: int) -> str:
    """How a person reads an amount: `dollars(-123456) == "-$1,234.56"`."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}${whole:,}.{rest:02d}"
