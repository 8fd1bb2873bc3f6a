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
from binascii import hexlify, unhexlify
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, repeat
from multiprocessing import get_context
from os import SEEK_CUR
from pathlib import Path
from typing import Any, NamedTuple

GOOD, TAMPERED, INCOMPLETE, UNREADABLE = 0, 1, 2, 3
STEP_BACK_US = 5_000_000
STRETCH, SHARED_FROM = 16 << 20, 64 << 20
_sha256 = hashlib.sha256
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_NOTE = re.compile(r"(?s).+?\n(?:— [^\n]*\n)+|.+")


class Finding(Exception):
    """What is wrong, and the exit code that says how."""

    def __init__(self, code: int, says: str) -> None:
        super().__init__(says)
        self.code = code


class Key(NamedTuple):
    """The public key that signs the heads of one log. id: four bytes that stand in front of its signatures."""

    name: str
    raw: bytes
    id: bytes


@dataclass(slots=True)
class Log:
    """What was found on the way: the last leaf and time, and the tree of RFC 6962.

    levels: by height, the nodes without a partner yet; pairs are joined when a root is asked for, many at once.
    """

    size: int = 0
    levels: list[list[bytes]] = field(default_factory=lambda: [[]])
    prev: bytes = bytes(32)
    ts_us: int = -(10**18)
    covered: int = 0

    def root(self) -> bytes:
        """The root over every event so far."""
        for height, nodes in enumerate(self.levels):  # which grows on the way
            above = [_sha256(b"\x01" + a + b).digest() for a, b in zip(nodes[0::2], nodes[1::2], strict=False)]
            del nodes[: len(above) * 2]
            if height + 1 < len(self.levels):
                self.levels[height + 1] += above
            elif above:
                self.levels.append(above)
        return reduce(lambda root, peak: _sha256(b"\x01" + peak + root).digest(), chain(*self.levels))


def main(arguments: list[str] | None = None) -> int:
    """Verify and say what was found; the exit code."""
    parser = argparse.ArgumentParser(description="Verify an exported audit log.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", default="", help="the log's public key as you wrote it down")
    parser.add_argument("--anchor", type=Path, action="append", default=[], help="a file of heads kept elsewhere")
    given = parser.parse_args(arguments)
    try:
        code, says = GOOD, verify(given.folder, given.key, given.anchor)
    except Finding as finding:
        code, says = finding.code, str(finding)
    except OSError as error:
        code, says = UNREADABLE, error.filename
    sys.stdout.write(f"{('GOOD', 'TAMPERED', 'INCOMPLETE', 'CANNOT READ')[code]}: {says}\n")
    return code


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
    _check_manifest(manifest, log, folder)
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
    kind_and_raw = _base64(encoded)
    key = Key(name, kind_and_raw[1:], _sha256(name.encode() + b"\n" + kind_and_raw).digest()[:4])
    if len(kind_and_raw) != 33 or kind_and_raw[0] != 1 or key.id.hex() != key_id:
        raise Finding(UNREADABLE, "The key is not an Ed25519 key of a log (name+id+key).")
    return key


def _notes(path: Path) -> list[str]:
    if not path.exists():
        raise Finding(INCOMPLETE, f"{path.name} is missing.")
    try:
        return _NOTE.findall(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Finding(TAMPERED, f"{path.name} is no text.") from None


def _read_heads(notes: list[str], key: Key, place: str, heads: dict[int, bytes]) -> None:
    for number, note in enumerate(notes, start=1):
        size, root = _head(note, key, f"Head {number} in {place}")
        if heads.setdefault(size, root) != root:
            raise Finding(TAMPERED, f"Head {number} in {place} contradicts another head over {size:,} events.")


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
    """Every event in turn: its form, number, place in the chain, time, and the signed roots. Of a long log every core
    reads stretches; whether these follow each other, and what is wrong where one does not go on, is found here."""
    if not path.exists():
        raise Finding(INCOMPLETE, "events.jsonl is missing.")
    log, length, cuts = Log(), path.stat().st_size, [0]
    with path.open("rb") as file:
        while cuts[-1] < length:
            file.seek(STRETCH, SEEK_CUR)
            file.readline()
            cuts.append(min(file.tell(), length))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) if length > SHARED_FROM else nullcontext() as cores:
        for first, leaves, ts_us, bad in (cores.map if cores else map)(_stretch, repeat(path), cuts, cuts[1:]):
            if leaves:
                _check_event(first[:-1], log.size + 1, log)
                log.ts_us = ts_us
            for leaf in leaves:
                _add(leaf, log, heads)
            if bad and not bad.endswith(b"\n"):
                raise Finding(INCOMPLETE, f"events.jsonl ends in the middle of event {log.size + 1:,}.")
            if bad:
                _check_event(bad[:-1], log.size + 1, log)
    return log


def _add(leaf: bytes, log: Log, heads: dict[int, bytes]) -> None:
    log.size, log.prev = log.size + 1, leaf
    log.levels[0].append(leaf)
    if log.size in heads:
        if heads[log.size] != log.root():
            which = f"{log.covered + 1:,} to {log.size:,}"
            raise Finding(TAMPERED, f"The first bad event is one of {which}: they are not what was signed.")
        log.covered = log.size


def _stretch(path: Path, start: int, end: int) -> tuple[bytes, list[bytes], int, bytes]:
    """The lines of these bytes as far as they follow each other: the first, their leaves, the time of the last, and
    the one that does not follow, if any."""
    log, first = Log(), b""
    with path.open("rb") as file:
        file.seek(start)
        while file.tell() < end:
            line = file.readline()
            try:
                if not first:
                    first, (number, prev, log.ts_us, _) = line, _read(line[:-1], 0)
                    log.size, log.prev = number - 1, unhexlify(prev)
                _check_event(line[:-1], log.size + 1, log)
            except (Finding, ValueError):
                return first, log.levels[0], log.ts_us, line
            _add(_sha256(b"\x00" + line[:-1]).digest(), log, {})
    return first, log.levels[0], log.ts_us, b""


# int() refuses what is no whole number, and the log holds no others.
_decode = json.JSONDecoder(parse_float=int, parse_constant=int).decode
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


# What nearly every event looks like, in the one form it may have: four times quicker than parsing it. What does not
# fit (an escape, a letter beyond ASCII, a value of another kind) is parsed and written anew.
_TEXT = rb'"[ !#-\[\]-~]*+"'
_FACT = rb'"[a-z0-9_]++":(?:' + _TEXT + rb"|0|-?[1-9][0-9]*+|true|false)"
_FORM = re.compile(
    rb'\{"actor":' + _TEXT + rb',"event":(' + _TEXT + rb'),"facts":\{((?:' + _FACT + rb"(?:," + _FACT + rb")*+)?+)\}"
    rb',"obj_id":' + _TEXT + rb',"obj_type":' + _TEXT + rb',"outcome":' + _TEXT + rb',"patient_p":' + _TEXT
    + rb',"permission":' + _TEXT + rb',"prev":"([0-9a-f]{64})","roles":\[(?:' + _TEXT + rb"(?:," + _TEXT + rb")*+)?+\]"
    rb',"seq":([1-9][0-9]*+),"session_h":' + _TEXT + rb',"ts_us":([1-9][0-9]*+),"v":1\}'
).fullmatch  # fmt: skip
_NAMES = re.compile(rb'"([a-z0-9_]+)":').findall
_in_order: set[bytes] = set()


def _read(body: bytes, seq: int) -> tuple[int, bytes, int, bool]:
    """Number, hash of the one before, time, and whether the clock is said to have gone back."""
    form = _FORM(body)
    if form is not None:
        event, facts, prev, number, ts_us = form.groups()
        if facts not in _in_order and len(_in_order) < 100_000 and (names := _NAMES(facts)) == sorted(set(names)):
            _in_order.add(facts)
        if facts in _in_order:
            return int(number), prev, int(ts_us), event == b'"clock.regression"'
    return _parsed(body, seq)


def _parsed(body: bytes, seq: int) -> tuple[int, bytes, int, bool]:
    try:
        said = _decode(body.decode())
        is_canonical = _encode(said).encode() == body and said["v"] == 1
        read = said["seq"], said["prev"], said["ts_us"], said["event"] == "clock.regression"
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Finding(TAMPERED, f"Event {seq:,} is not a body of this log.") from None
    if not is_canonical or [type(one) for one in read] != [int, str, int, bool]:
        raise Finding(TAMPERED, f"Event {seq:,} is not in canonical form.")
    return read[0], read[1].encode(), read[2], read[3]


def _check_event(body: bytes, seq: int, log: Log) -> None:
    number, prev, ts_us, is_announced = _read(body, seq)
    if number != seq:
        raise Finding(TAMPERED, f"Event {seq:,} is missing or moved: {number} stands in its place.")
    if prev != hexlify(log.prev):
        raise Finding(TAMPERED, f"Event {seq:,} does not follow the one before it: one of the two was changed.")
    if ts_us < log.ts_us - STEP_BACK_US and not is_announced:
        raise Finding(TAMPERED, f"Event {seq:,} lies more than five seconds before the one above it, unannounced.")
    log.ts_us = ts_us


def _check_end(log: Log, heads: dict[int, bytes]) -> None:
    if log.size < (longest := max(heads)):
        raise Finding(INCOMPLETE, f"Events {log.size + 1:,} to {longest:,} are missing: they were signed for.")
    if log.size > longest:
        raise Finding(INCOMPLETE, f"No signed head covers the events {longest + 1:,} to {log.size:,}.")
    if not log.size:
        raise Finding(INCOMPLETE, "The log is empty.")


def _check_manifest(manifest: dict[str, Any], log: Log, folder: Path) -> None:
    if manifest["events"] != log.size:
        raise Finding(TAMPERED, f"manifest.json speaks of {manifest['events']:,} events, there are {log.size:,}.")
    if not {"events.jsonl", "checkpoints.txt", "anchors.txt"} <= manifest["files"].keys():
        raise Finding(TAMPERED, "manifest.json does not name every file of the log.")
    for name, told in manifest["files"].items():
        path = folder / Path(name).name
        if not path.is_file():
            raise Finding(INCOMPLETE, f"{name} is missing.")
        with path.open("rb") as file:
            if (path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()) != told:
                raise Finding(TAMPERED, f"{name} is not the file that manifest.json names.")


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


if __name__ == "__main__":
    sys.exit(main())
