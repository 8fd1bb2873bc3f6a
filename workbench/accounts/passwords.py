"""Hashing of passwords: Argon2id over an HMAC whose key is not in the store. Slow on purpose: call it in a pool."""

import secrets
from base64 import b64encode
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import ARGON2_VERSION

from workbench.accounts.rules import PasswordUnfit, accept_password, password_key

# 64 MiB, three passes, one lane; RFC 9106 section 4 second choice, with the lanes of a two-core machine.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


def hash_password(pepper: bytes, password: str, context: Iterable[str] = ()) -> str:
    """The text to keep for a new password. Parameters and salt are in it. context: see `accept_password`.

    Raises:
        PasswordUnfit: too short, too long, too common, or little more than a name.
    """
    accept_password(password, context)
    return rehash(pepper, password)


def rehash(pepper: bytes, password: str) -> str:
    """The text to keep for a password that is in use, with today's parameters."""
    return _HASHER.hash(password_key(pepper, password))


def unmatchable_hash() -> str:
    """A hash with the usual cost that no password matches, for accounts that do not exist.

    It is the hash of nothing: salt and digest are random, so whoever tries pays for one and meets it by no guess.
    """
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    salt, digest = (
        b64encode(secrets.token_bytes(length)).decode().rstrip("=") for length in (_HASHER.salt_len, _HASHER.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than a new one would be: made anew at the next sign-in."""
    return _HASHER.check_needs_rehash(password_hash)


def matches(pepper: bytes, password_hash: str, password: str) -> bool:
    """Whether this is the password; takes the same time either way."""
    try:
        key = password_key(pepper, password)
    except PasswordUnfit:
        key = ""  # too long to be anybody's; hashed all the same, so that it takes as long
    try:
        return _HASHER.verify(password_hash, key)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
