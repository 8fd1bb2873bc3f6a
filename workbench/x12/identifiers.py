"""Identifiers that carry their own proof."""


def is_npi(text: str) -> bool:
    """Whether `text` is ten digits whose last is the Luhn check digit over 80840 and the first nine (NPPES)."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    total = 24  # what the prefix 80840 adds
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def npi(first_nine: str) -> str:
    """The NPI whose first nine digits are given, its check digit added: for synthetic practices and tests."""
    return next(f"{first_nine}{digit}" for digit in range(10) if is_npi(f"{first_nine}{digit}"))
