"""Whole sign-ins, password and code through the door, beside the Argon2id they cannot do without.

And what their time tells a stranger about which accounts there are.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pyotp

from bench.measuring import Section, compared, wall_seconds
from bench.store import practice
from workbench.accounts.passwords import hash_password, matches, unmatchable_hash
from workbench.accounts.queries import login_of
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.provision_user import provision_user
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Role, SystemActor
from workbench.gate.permissions import Permission

SIGN_INS, TRIES = 8, 60
NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
PASSWORD, SEED = "a lamp, a chair, a window", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EMAIL, UNKNOWN = "fern@example.test", "nobody@example.test"
_INSTALLER = SystemActor("bench", frozenset({Permission.PROVISION_USER}))


def report(rounds: int = 5) -> Section:
    """One after another: the hash alone, and everything from address to session."""
    minutes = count(1)
    with practice() as store:
        gate = Gate(store, ZoneInfo("America/New_York"))
        pepper = store.vault.service_key("pepper")
        kept, none = hash_password(pepper, PASSWORD), unmatchable_hash()
        made = provision_user(gate, _INSTALLER, now=NOW, person_id="stf_fern", email=EMAIL, password_hash=kept,
                              roles=[Role.BILLER], totp_seed=SEED)  # fmt: skip

        def hash_alone() -> None:
            for _ in range(SIGN_INS):
                _right(matches(pepper, kept, PASSWORD))

        def sign_in() -> None:
            for _ in range(SIGN_INS):
                at = NOW + timedelta(minutes=next(minutes))
                login = login_of(gate, EMAIL, no_password=none)
                _right(matches(pepper, login.password_hash, PASSWORD))
                open_session(gate, NOBODY, made.user_id, now=at, code=pyotp.TOTP(SEED).at(at))

        def wrong(email: str) -> None:
            login = login_of(gate, email, no_password=none)
            _right(not matches(pepper, login.password_hash, "not the password"))

        seconds = wall_seconds({"Argon2id alone": hash_alone, "a whole sign-in": sign_in}, rounds)
        known, unknown = _taking_turns(lambda: wrong(EMAIL), lambda: wrong(UNKNOWN))
    rows = compared(seconds, "Argon2id alone", of=SIGN_INS, noun="sign-ins")
    there, not_there = (f"{statistics.median(took) * 1000:.1f} ms" for took in (known, unknown))
    return Section(
        "Signing in",
        ("what", f"{SIGN_INS} of them", "rate", "times the floor"),
        rows,
        "Argon2id with 64 MiB and three passes, one lane; the rest is two reads and a transaction with its audit line. "
        f"A wrong password took {there} (median of {TRIES}) for an account that exists and {not_there} for one that "
        "does not, in turns; by the Mann-Whitney test the chance of such a difference between equals is "
        f"{_chance(known, unknown):.2f}.",
    )


def _taking_turns(*calls: Callable[[], None]) -> list[list[float]]:
    """The seconds each call took, every time."""
    took: list[list[float]] = [[] for _ in calls]
    for turn in range(len(calls) * TRIES):
        began = time.perf_counter()
        calls[turn % len(calls)]()
        took[turn % len(calls)].append(time.perf_counter() - began)
    return took


def _chance(one: list[float], other: list[float]) -> float:
    """The two-sided p of the Mann-Whitney test, by its normal approximation (both samples are large, ties are none)."""
    wins = sum((a > b) + (a == b) / 2 for a in one for b in other)
    middle = len(one) * len(other) / 2
    spread = (len(one) * len(other) * (len(one) + len(other) + 1) / 12) ** 0.5
    return 2 * (1 - statistics.NormalDist().cdf(abs(wins - middle) / spread))


def _right(done: bool) -> None:
    if not done:
        raise AssertionError("the password was judged wrongly")


if __name__ == "__main__":
    print(report().markdown())
