"""Whole sign-ins, password and code through the door, beside the Argon2id they cannot do without.

And what their time tells a stranger about which accounts there are.
"""

import argparse
import statistics
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pyotp

from bench.measuring import Section, chance_of, compared, taking_turns, wall_seconds
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


def report(rounds: int = 5, tries: int = TRIES) -> Section:
    """One after another: the hash alone, and everything from address to session. tries: wrong ones with each name."""
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
        known, unknown = taking_turns(tries, lambda: wrong(EMAIL), lambda: wrong(UNKNOWN))
    rows = compared(seconds, "Argon2id alone", of=SIGN_INS, noun="sign-ins")
    there, not_there = (f"{statistics.median(took) * 1000:.1f} ms" for took in (known, unknown))
    return Section(
        "Signing in",
        ("what", f"{SIGN_INS} of them", "rate", "times the floor"),
        rows,
        "Argon2id with 64 MiB and three passes, one lane; the rest is two reads and a transaction with its audit line. "
        f"A wrong password took {there} (median of {tries:,}) for an account that exists and {not_there} for one that "
        "does not, in turns; by the Mann-Whitney test the chance of such a difference between equals is "
        f"{chance_of(known, unknown):.2f}.",
    )


def _right(done: bool) -> None:
    if not done:
        raise AssertionError("the password was judged wrongly")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=TRIES)
    print(report(tries=parser.parse_args().tries).markdown())
