"""Verifies an exported audit log on any computer: one file, Python and the package `cryptography`, nothing else.

    python verify_audit.py FOLDER [--key KEY] [--anchor FILE]

It hashes every event itself and takes no root on trust. Exit codes: 0 good, 1 tampered, 2 incomplete, 3 cannot read.
Give --key as it was written down when the practice began: a key that came with the export proves less.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

GOOD, TAMPERED, INCOMPLETE, UNREADABLE = 0, 1, 2, 3
STEP_BACK_US = 5_000_000
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class Finding(Exception):
    """What is wrong, and the exit code that says how."""

    def __init__(self, code: int, says: str) -> None:
        super().__init__(says)
        self.code = code


@dataclass(frozen=True)
class Key:
    """The public key that signs the heads of one log."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that stand in front of its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n\x01" + self.raw).digest()[:4]


@dataclass
class Log:
    """What was found on the way through the events: the compact tree, the last leaf and time."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)
    prev: bytes = bytes(32)
    ts_us: int | None = None
    covered: int = 0

    def append(self, leaf: bytes) -> None:
        """One leaf more in the tree of RFC 6962."""
        full, node = self.size, leaf
        while full & 1:
            node = hashlib.sha256(b"\x01" + self.peaks.pop() + node).digest()
            full >>= 1
        self.peaks.append(node)
        self.size += 1
        self.prev = leaf

    def root(self) -> bytes:
        """The root over every event so far."""
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = hashlib.sha256(b"\x01" + peak + root).digest()
        return root


def main(arguments: list[str] | None = None) -> int:
    """Verify and say what was found; the exit code."""
    parser = argparse.ArgumentParser(description="Verify an exported audit log.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", default="", help="the log's public key as you wrote it down")
    parser.add_argument("--anchor", type=Path, action="append", default=[], help="a file of heads kept elsewhere")
    given = parser.parse_args(arguments)
    try:
        says = verify(given.folder, given.key, given.anchor)
    except Finding as finding:
        sys.stdout.write(f"{('', 'TAMPERED', 'INCOMPLETE', 'CANNOT READ')[finding.code]}: {finding}\n")
        return finding.code
    except OSError as error:
        sys.stdout.write(f"CANNOT READ: {error.filename}\n")
        return UNREADABLE
    sys.stdout.write(f"GOOD: {says}\n")
    return GOOD


def verify(folder: Path, key_text: str = "", anchor_files: Iterable[Path] = ()) -> str:
    """What a good log is said to be.

    Raises:
        Finding: it is not good.
    """
    if not folder.is_dir():
        raise Finding(UNREADABLE, f"There is no folder {folder}.")
    manifest = _manifest(folder)
    key = _key(key_text or manifest["key"])
    heads: dict[int, bytes] = {}
    notes = _notes(folder / "checkpoints.txt")
    if not notes:
        raise Finding(INCOMPLETE, "checkpoints.txt holds no head, so nothing says what the log should be.")
    _read_heads(notes, key, "checkpoints.txt", heads)
    for file in (folder / "anchors.txt", *anchor_files):
        _read_heads(_notes(file), key, file.name, heads)
    log = _follow(folder / "events.jsonl", heads)
    _check_end(log, heads)
    _check_manifest(folder, manifest, log)
    known = "the key you gave" if key_text else f"the key in the export, {manifest['key']} (compare it)"
    return f"{log.size:,} events, {len(heads):,} heads by {known}. Root {base64.b64encode(log.root()).decode()}"


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    if not path.exists():
        raise Finding(INCOMPLETE, "manifest.json is missing.")
    try:
        manifest = json.loads(path.read_bytes())
        files = {str(name): (int(told["bytes"]), str(told["sha256"])) for name, told in manifest["files"].items()}
        return {"key": str(manifest["key"]), "events": int(manifest["events"]), "files": files}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Finding(UNREADABLE, "manifest.json cannot be read.") from None


def _key(text: str) -> Key:
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = _base64(encoded)
    if len(raw) != 33 or raw[0] != 1 or Key(name, raw[1:]).id.hex() != key_id:
        raise Finding(UNREADABLE, "The key is not an Ed25519 key of a log (name+id+key).")
    return Key(name, raw[1:])


def _notes(path: Path) -> list[str]:
    """The signed notes that stand one after the other in a file."""
    if not path.exists():
        raise Finding(INCOMPLETE, f"{path.name} is missing.")
    notes: list[str] = []
    lines: list[str] = []
    is_signed = False
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Finding(TAMPERED, f"{path.name} is no text.") from None
    for line in text.splitlines(keepends=True):
        if is_signed and not line.startswith("— "):
            notes.append("".join(lines))
            lines = []
        is_signed = line.startswith("— ")
        lines.append(line)
    return [*notes, "".join(lines)] if lines else notes


def _read_heads(notes: list[str], key: Key, place: str, heads: dict[int, bytes]) -> None:
    before = 0
    for number, note in enumerate(notes, start=1):
        size, root = _head(note, key, f"Head {number} in {place}")
        if size < before:
            raise Finding(TAMPERED, f"Head {number} in {place} covers fewer events than the one before it.")
        if heads.setdefault(size, root) != root:
            raise Finding(TAMPERED, f"Head {number} in {place} contradicts another head over {size:,} events.")
        before = size


def _head(note: str, key: Key, what: str) -> tuple[int, bytes]:
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    mine = [line for line in signatures.splitlines() if _signed(line, text, key, what)]
    if not mine:
        raise Finding(TAMPERED, f"{what} is not signed by the key {key.name}.")
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != key.name or not _SIZE.fullmatch(lines[1]) or len(_base64(lines[2])) != 32:
        raise Finding(TAMPERED, f"{what} is no head of this log.")
    return int(lines[1]), _base64(lines[2])


def _signed(line: str, text: str, key: Key, what: str) -> bool:
    """Whether this line is the key's own; lines of other keys are passed over."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise Finding(UNREADABLE, "The Python package “cryptography” is needed: pip install cryptography") from None
    parts = line.split(" ")
    if len(parts) != 3 or parts[:2] != ["—", key.name] or _base64(parts[2])[:4] != key.id:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(_base64(parts[2])[4:], text.encode())
    except InvalidSignature:
        raise Finding(TAMPERED, f"{what} was changed after it was signed.") from None
    return True


def _follow(path: Path, heads: dict[int, bytes]) -> Log:
    """Every event in turn: its form, number, place in the chain, time, and the signed roots on the way."""
    if not path.exists():
        raise Finding(INCOMPLETE, "events.jsonl is missing.")
    log = Log()
    with path.open("rb") as file:
        for seq, body in _bodies(file):
            _check_event(body, seq, log)
            log.append(hashlib.sha256(b"\x00" + body).digest())
            if seq in heads:
                if heads[seq] != log.root():
                    says = (
                        f"The first bad event is one of {log.covered + 1:,} to {seq:,}: they are not what was signed."
                    )
                    raise Finding(TAMPERED, says)
                log.covered = seq
    return log


def _bodies(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    for seq, line in enumerate(file, start=1):
        if not line.endswith(b"\n"):
            raise Finding(INCOMPLETE, f"events.jsonl ends in the middle of event {seq:,}.")
        yield seq, line[:-1]


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


_decode = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def _check_event(body: bytes, seq: int, log: Log) -> None:
    try:
        said = _decode(body.decode())
        is_canonical = _encode(said).encode() == body
        version, number, prev, ts_us = said["v"], said["seq"], said["prev"], said["ts_us"]
        is_announced = said["event"] == "clock.regression"
    except (ValueError, KeyError, TypeError):
        raise Finding(TAMPERED, f"Event {seq:,} is not a body of this log.") from None
    if not is_canonical or version != 1 or type(ts_us) is not int:
        raise Finding(TAMPERED, f"Event {seq:,} is not in canonical form.")
    if number != seq:
        raise Finding(TAMPERED, f"Event {seq:,} is missing or moved: {number} stands in its place.")
    if prev != log.prev.hex():
        raise Finding(TAMPERED, f"Event {seq:,} does not follow the one before it: one of the two was changed.")
    if log.ts_us is not None and ts_us < log.ts_us - STEP_BACK_US and not is_announced:
        raise Finding(TAMPERED, f"Event {seq:,} lies more than five seconds before the one above it, unannounced.")
    log.ts_us = ts_us


def _check_end(log: Log, heads: dict[int, bytes]) -> None:
    longest = max(heads)
    if log.size < longest:
        raise Finding(INCOMPLETE, f"Events {log.size + 1:,} to {longest:,} are missing: they were signed for.")
    if log.size > longest:
        raise Finding(INCOMPLETE, f"No signed head covers the events {longest + 1:,} to {log.size:,}.")
    if not log.size:
        raise Finding(INCOMPLETE, "The log is empty.")


def _check_manifest(folder: Path, manifest: dict[str, Any], log: Log) -> None:
    if manifest["events"] != log.size:
        raise Finding(TAMPERED, f"manifest.json speaks of {manifest['events']:,} events, there are {log.size:,}.")
    for needed in ("events.jsonl", "checkpoints.txt", "anchors.txt"):
        if needed not in manifest["files"]:
            raise Finding(TAMPERED, f"manifest.json does not name {needed}.")
    for name, (size, digest) in manifest["files"].items():
        path = folder / Path(name).name
        if not path.exists():
            raise Finding(INCOMPLETE, f"{name} is missing.")
        with path.open("rb") as file:
            if path.stat().st_size != size or hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise Finding(TAMPERED, f"{name} is not the file that manifest.json names.")


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


if __name__ == "__main__":
    sys.exit(main())
