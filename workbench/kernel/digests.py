"""What is kept in place of something: of a document, so that it is known again; of a token, so that nobody reads it."""

import hashlib
import json
from dataclasses import asdict
from typing import Any


def digest_of(document: Any) -> str:
    """SHA-256 (hex) of a dataclass of texts, whole numbers, booleans and tuples of such, as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(asdict(document), sort_keys=True).encode()).hexdigest()


def hash_of_token(token: str) -> str:
    """What the store keeps of a token, a link or a device's password: SHA-256, hex.

    Each of them is made here and has 256 random bits, so no salt is needed.
    """
    return hashlib.sha256(token.encode()).hexdigest()
