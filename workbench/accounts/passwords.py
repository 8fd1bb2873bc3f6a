"""Hashing of passwords: Argon2id over an HMAC whose key is not in the store. Slow on purpose: call it in a pool."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from workbench.accounts.rules import accept_password, password_key

# 64 MiB, three passes, one lane; RFC 9106 section 4 second choice, with the lanes of a two-core machine.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def hash_password(pepper: bytes, password: str) -> str:
    """The text to keep for a new password. Parameters and salt are in it.

    Raises:
        PasswordUnfit: too short or too long.
    """
    accept_password(password)
    return _HASHER.hash(password_key(pepper, password))


def unmatchable_hash() -> str:
    """A hash with the usual cost that no password matches, for accounts that do not exist."""
    return _HASHER.hash(secrets.token_hex(32))


def matches(pepper: bytes, password_hash: str, password: str) -> bool:
    """Whether this is the password; takes the same time either way."""
    try:
        return _HASHER.verify(password_hash, password_key(pepper, password))
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
