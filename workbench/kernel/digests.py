"""The digest by which a kept document is known again: the same for equal contents, whoever writes them out."""

import hashlib
import json
from dataclasses import asdict
from typing import Any


def digest_of(document: Any) -> str:
    """SHA-256 (hex) of a dataclass of texts, whole numbers, booleans and tuples of such, as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(asdict(document), sort_keys=True).encode()).hexdigest()
