"""Writes the list of common passwords that nobody may choose, as short hashes, from a folder that holds `zxcvbn`.

    pip download --no-deps zxcvbn==4.5.0 && unzip zxcvbn-*.whl -d lists
    .venv/bin/python scripts/write_blocklist.py lists

The words are the frequency lists of zxcvbn (MIT licence, Copyright 2016 Daniel Wolf). Few leaked passwords have twelve
characters, so what people make of a short one when a page asks for twelve is listed too: doubled, with digits or a year
behind, or walked along the keyboard.
"""

import base64
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workbench.accounts.blocklist import DIGEST_BYTES, FILE, digest_of  # noqa: E402
from workbench.accounts.rules import SHORTEST_PASSWORD  # noqa: E402

MOST = 60_000
TAILS = ("1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "!", "!!", "1!",
         "123!", "1234!", "12345!", "@123", "@1234", "#1", "#123", "321", "4321", "54321", "654321", "007", "69", "00",
         "000", "111", "777", "abc", "abc123", "qwerty")  # fmt: skip
YEARS = tuple(str(year) for year in range(1950, 2031))
WALKS = ("qwertyuiop", "qwertyuiopasdfghjklzxcvbnm", "asdfghjkl", "asdfghjkl;'", "zxcvbnm", "1234567890", "0123456789",
         "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p",
         "abcdefghijklmnopqrstuvwxyz", "a1b2c3d4e5f6g7h8", "!@#$%^&*()_+", "qwerty123456789", "qweasdzxc",
         "qwerasdfzxcv", "zaq12wsxcde34rfv", "1234qwerasdfzxcv", "0987654321", "789456123")  # fmt: skip


def candidates(lists: dict[str, list[str]]) -> Iterator[str]:
    """Passwords people choose, the likeliest first; lengths are judged by the caller."""
    passwords = lists["passwords"]
    yield from passwords
    for walk in WALKS:
        for way in (walk, walk[::-1]):
            yield from ((way * 4)[start : start + length] for start in range(len(way)) for length in range(12, 25))
    yield from (character * length for character in map(chr, range(33, 127)) for length in range(12, 33))
    yield from (word * times for word in passwords[:9000] for times in (2, 3, 4))
    yield from (word + tail for word, tail in product(passwords[:800], (*TAILS, *YEARS[30:])))
    yield from lists["english_wikipedia"]
    yield from lists["us_tv_and_film"]
    yield from lists["surnames"]
    names = [*lists["male_names"][:400], *lists["female_names"][:800]]
    yield from (name + tail for name, tail in product(names, (*YEARS, *TAILS)))
    yield from (first + name for first in ("iloveyou", "ilove", "welcome", "password") for name in names)
    yield from (word + tail for word, tail in product(passwords[800:4000], TAILS))


def main(folder: str) -> None:
    """Write the file."""
    sys.path.insert(0, folder)
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    kept: set[bytes] = set()
    for word in candidates(FREQUENCY_LISTS):
        if len(word) >= SHORTEST_PASSWORD and len(kept) < MOST:
            kept.add(digest_of(word))
    FILE.write_bytes(base64.urlsafe_b64encode(b"".join(sorted(kept))) + b"\n")
    print(f"Wrote {len(kept):,} hashes of {DIGEST_BYTES} bytes to {FILE.name}.")


if __name__ == "__main__":
    main(sys.argv[1])
