"""Money is whole cents. Rates are `Decimal`; rounding happens once, here, half to even. No float, ever."""

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import NewType

from workbench.kernel.errors import WorkbenchError

Cents = NewType("Cents", int)

# Ten million dollars in one amount is a typing slip in a therapy practice, not a fee.
LARGEST = Cents(1_000_000_000)


class NotMoney(WorkbenchError):
    """The text is not an amount of dollars and whole cents."""


def cents(dollars_text: str) -> Cents:
    """Cents of an amount written in dollars: `cents("160") == 16000`, `cents("1,234.5") == 123450`.

    Raises:
        NotMoney: not a number, fractions of a cent, or beyond ten million dollars either way.
    """
    text = dollars_text.strip().removeprefix("$").replace(",", "")
    try:
        amount = Decimal(text)
        whole = amount.scaleb(2)
        if not amount.is_finite() or whole != whole.to_integral_value() or abs(whole) > LARGEST:
            raise NotMoney(f"“{dollars_text[:30]}” is not an amount in dollars and whole cents.")
    except InvalidOperation as error:
        raise NotMoney(f"“{dollars_text[:30]}” is not an amount in dollars and whole cents.") from error
    return Cents(int(whole))


def share(amount: Cents, rate: Decimal) -> Cents:
    """`rate` of `amount`, rounded half to even to a whole cent: `share(cents("160"), Decimal("0.5")) == 8000`."""
    return Cents(int((Decimal(amount) * rate).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)))


def dollars(amount: int) -> str:
    """How a person reads an amount: `dollars(-123456) == "-$1,234.56"`."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}${whole:,}.{rest:02d}"
