"""How passwords are kept: what costs what, and what matches what."""

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from workbench.accounts.passwords import is_outdated, matches, rehash, unmatchable_hash

PEPPER = b"p" * 32


def test_the_right_password_matches_and_others_do_not() -> None:
    kept = rehash(PEPPER, "a lamp, a chair, a window")
    assert matches(PEPPER, kept, "a lamp, a chair, a window")
    assert not matches(PEPPER, kept, "a lamp, a chair, a door")
    assert not matches(b"q" * 32, kept, "a lamp, a chair, a window")
    assert not is_outdated(kept)


def test_a_hash_that_nothing_matches_costs_a_whole_try_and_is_never_the_same() -> None:
    one, other = unmatchable_hash(), unmatchable_hash()
    assert one != other
    assert not is_outdated(one)
    # Refused as wrong after all the work, not as unreadable before it: the time would tell who has an account.
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(one, "anything")
    assert not matches(PEPPER, one, "anything")


def test_what_is_no_hash_matches_nothing() -> None:
    assert not matches(PEPPER, "", "anything")
    assert not matches(PEPPER, "$argon2id$v=19$m=65536,t=3,p=1$", "anything")
