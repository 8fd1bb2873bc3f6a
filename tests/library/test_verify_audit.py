"""The one-file verifier, run as an auditor runs it, over a good export and over many that somebody broke."""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.gate.verbs import enter
from tests.stores import new_home
from workbench.actions.compliance.export_audit import export_audit
from workbench.cli.audit import README
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role, SystemActor
from workbench.gate.audit import GENESIS, Entry, canonical
from workbench.gate.audit_checkpoints import Head, notes_in, signed_note, verifier_of
from workbench.gate.audit_events import AuditEvent
from workbench.gate.audit_export import ExportInTheWay, write_export
from workbench.gate.audit_seal import seal_log, signer_of
from workbench.gate.audit_tree import leaf_hash, root_of
from workbench.gate.permissions import Permission
from workbench.library import verify_audit
from workbench.store.engine import open_store, open_vault

NOW = datetime(2026, 3, 9, 15, tzinfo=UTC)
DESK = Actor("usr_desk", "stf_desk", frozenset({Role.FRONT_DESK}), "a" * 64)
CONSOLE = SystemActor("console", frozenset({Permission.SEAL_AUDIT, Permission.EXPORT_AUDIT}))
EXTRAS = {"verify_audit.py": Path(verify_audit.__file__).read_bytes(), "README.txt": README.encode()}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A log of 30 events under heads over 10, 20 and 30, its export, and the signer's key."""
    settings = new_home(tmp_path_factory.mktemp("practice") / "home")
    store = open_store(settings, open_vault(settings))
    gate = Gate(store, ZoneInfo("America/New_York"))
    for number in range(30):
        enter(gate, DESK, now=NOW + timedelta(hours=number), name="Fern", number=number + 1)
        if number % 10 == 9:
            seal_log(gate, CONSOLE, now=NOW + timedelta(hours=number))
    folder = tmp_path_factory.mktemp("export") / "audit"
    later = NOW + timedelta(days=2)
    export = export_audit(gate, CONSOLE, now=later)
    write_export(gate, export, folder, now=later, extras=EXTRAS)
    with pytest.raises(ExportInTheWay):
        write_export(gate, export, folder, now=later, extras=EXTRAS)
    signer = signer_of(store)
    yield folder, signer.verifier.text(), signer.open_key()
    store.close()


@pytest.fixture
def copy(sealed, tmp_path) -> Path:
    return shutil.copytree(sealed[0], tmp_path / "audit")


def run(folder: Path, *more: str) -> tuple[int, str]:
    command = [sys.executable, "-I", str(Path(verify_audit.__file__)), str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert not done.stderr
    return done.returncode, done.stdout


def lines(folder: Path) -> list[bytes]:
    return (folder / "events.jsonl").read_bytes().splitlines()


def put(folder: Path, events: list[bytes]) -> None:
    """These events with a manifest that fits them: the forger is careful."""
    (folder / "events.jsonl").write_bytes(b"".join(event + b"\n" for event in events))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["events"] = len(events)
    settle(folder, manifest)


def settle(folder: Path, manifest: dict | None = None) -> None:
    manifest = manifest or json.loads((folder / "manifest.json").read_text())
    for name in manifest["files"]:
        content = (folder / name).read_bytes()
        manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def rechained(events: list[bytes], since: int, change: Callable[[bytes], bytes]) -> list[bytes]:
    """The event `since` changed, and every hash after it worked out again."""
    new = [*events[: since - 1], change(events[since - 1])]
    for old, event in zip(events[since - 1 :], events[since:], strict=False):
        new.append(event.replace(leaf_hash(old).hex().encode(), leaf_hash(new[-1]).hex().encode()))
    return new


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_good_export_is_good_with_and_without_what_was_kept_elsewhere(sealed, copy, tmp_path):
    code, says = run(copy)
    assert (code, says[:16]) == (0, "GOOD: 30 events,")
    assert "compare it" in says
    anchor = tmp_path / "kept.txt"
    anchor.write_text(notes_in((copy / "checkpoints.txt").read_text())[1])
    assert run(copy, "--key", sealed[1], "--anchor", str(anchor))[0] == 0


def test_a_witness_may_sign_the_heads_too(copy):
    path = copy / "checkpoints.txt"
    other = signed_note(Head("witness.example/one", 10, bytes(32)), Ed25519PrivateKey.generate()).split("\n\n")[1]
    first, *rest = notes_in(path.read_text())
    path.write_text(first + other + "".join(rest))
    settle(copy)
    assert run(copy)[0] == 0


def changed_body(folder):
    events = lines(folder)
    put(folder, [*events[:6], events[6].replace(b"usr_desk", b"usr_fern"), *events[7:]])


def swapped(folder):
    events = lines(folder)
    put(folder, [*events[:4], events[5], events[4], *events[6:]])


def removed(folder):
    events = lines(folder)
    put(folder, events[:4] + events[5:])


def removed_and_renumbered(folder):
    events = lines(folder)
    kept = [json.loads(event) for event in events[:4] + events[5:]]
    prev, new = bytes(32), []
    for number, said in enumerate(kept, start=1):
        said |= {"seq": number, "prev": prev.hex()}
        new.append(json.dumps(said, sort_keys=True, separators=(",", ":")).encode())
        prev = leaf_hash(new[-1])
    put(folder, new)


def cut(folder):
    put(folder, lines(folder)[:27])


def torn(folder):
    path = folder / "events.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def changed_root(folder):
    note = notes_in((folder / "checkpoints.txt").read_text())[1]
    root = note.split("\n")[2]
    edit(folder / "checkpoints.txt", root, base64.b64encode(bytes(32)).decode())
    settle(folder)


def bad_signature(folder):
    note = notes_in((folder / "checkpoints.txt").read_text())[0]
    mine = note.rstrip().rsplit(" ", 1)[1]
    raw = bytearray(base64.b64decode(mine))
    raw[40] ^= 1
    edit(folder / "checkpoints.txt", mine, base64.b64encode(raw).decode())
    settle(folder)


def forked(folder):
    put(folder, rechained(lines(folder), 14, lambda body: body.replace(b"usr_desk", b"usr_fern")))


def not_canonical(folder):
    put(folder, rechained(lines(folder), 9, lambda body: body.replace(b'"v":1', b'"v": 1')))


def with_a_float(folder):
    put(folder, rechained(lines(folder), 9, lambda body: body.replace(b'"v":1', b'"v":1.0')))


def twice_the_same_key(folder):
    put(folder, rechained(lines(folder), 9, lambda body: body.replace(b'"v":1', b'"v":1,"v":1')))


def no_json(folder):
    put(folder, rechained(lines(folder), 9, lambda body: b"\xff" + body))


def time_backwards(folder):
    def earlier(body: bytes) -> bytes:
        at = json.loads(body)["ts_us"]
        return body.replace(str(at).encode(), str(at - 7_200_000_000).encode())

    put(folder, rechained(lines(folder), 12, earlier))


def appended(folder):
    events = lines(folder)
    said = json.loads(events[-1]) | {"seq": 31, "prev": leaf_hash(events[-1]).hex()}
    put(folder, [*events, json.dumps(said, sort_keys=True, separators=(",", ":")).encode()])


def lying_count(folder):
    edit(folder / "manifest.json", '"events": 30', '"events": 31')


def lying_hash(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["events.jsonl"]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))


def changed_readme(folder):
    (folder / "README.txt").write_text("All is well.")


def unnamed_file(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["files"]["events.jsonl"]
    (folder / "manifest.json").write_text(json.dumps(manifest))


def unsigned_head(folder):
    path = folder / "checkpoints.txt"
    path.write_text(path.read_text() + "somebody\n30\n" + base64.b64encode(bytes(32)).decode() + "\n")
    settle(folder)


def gone(name):
    return lambda folder: (folder / name).unlink()


def emptied(name):
    return lambda folder: (folder / name).write_text("")


@pytest.mark.parametrize(
    ("breaks", "code", "says"),
    [
        (changed_body, 1, "Event 8 does not follow"),
        (swapped, 1, "Event 5 is missing or moved: 6"),
        (removed, 1, "Event 5 is missing or moved: 6"),
        (removed_and_renumbered, 1, "one of 1 to 10"),
        (cut, 2, "Events 28 to 30 are missing"),
        (torn, 2, "in the middle of event 30"),
        (changed_root, 1, "Head 2 in checkpoints.txt was changed"),
        (bad_signature, 1, "Head 1 in checkpoints.txt was changed"),
        (forked, 1, "one of 11 to 20"),
        (not_canonical, 1, "Event 9 is not in canonical form"),
        (with_a_float, 1, "Event 9 is not a body"),
        (twice_the_same_key, 1, "Event 9 is not in canonical form"),
        (no_json, 1, "Event 9 is not a body"),
        (time_backwards, 1, "Event 12 lies more than five seconds before"),
        (appended, 2, "No signed head covers the events 31 to 31"),
        (lying_count, 1, "speaks of 31 events"),
        (lying_hash, 1, "events.jsonl is not the file"),
        (changed_readme, 1, "README.txt is not the file"),
        (unnamed_file, 1, "does not name every file"),
        (unsigned_head, 1, "Head 4 in checkpoints.txt is not signed"),
        (gone("checkpoints.txt"), 2, "checkpoints.txt is missing"),
        (emptied("checkpoints.txt"), 2, "holds no head"),
        (gone("anchors.txt"), 2, "anchors.txt is missing"),
        (gone("events.jsonl"), 2, "events.jsonl is missing"),
        (gone("README.txt"), 2, "README.txt is missing"),
        (gone("manifest.json"), 2, "manifest.json is missing"),
        (emptied("manifest.json"), 3, "manifest.json cannot be read"),
        (shutil.rmtree, 3, "There is no folder"),
    ],
)
def test_a_broken_export_is_found_out_and_told_where(copy, breaks, code, says):
    breaks(copy)
    found, told = run(copy)
    assert says in told
    assert found == code


@pytest.mark.parametrize("stretch", [1, 200, 700, 5_000])
@pytest.mark.parametrize(
    "breaks",
    [lambda _folder: None, changed_body, swapped, removed, removed_and_renumbered, cut, torn, forked, not_canonical,
     with_a_float, no_json, time_backwards, appended],
)  # fmt: skip
def test_however_a_log_is_shared_out_among_the_cores_the_same_is_found(copy, breaks, stretch, monkeypatch):
    breaks(copy)
    _, told = run(copy)
    monkeypatch.setattr(verify_audit, "STRETCH", stretch)
    try:
        said = f"GOOD: {verify_audit.verify(copy)}"
    except verify_audit.Finding as finding:
        said = str(finding)
    assert said in told


@pytest.mark.parametrize(("breaks", "code"), [(lambda _folder: None, 0), (swapped, 1)])
def test_a_long_log_is_read_by_every_core(copy, breaks, code, monkeypatch, capsys):
    breaks(copy)
    monkeypatch.setattr(verify_audit, "STRETCH", 2_000)
    monkeypatch.setattr(verify_audit, "SHARED_FROM", 0)
    assert verify_audit.main([str(copy)]) == code
    assert capsys.readouterr().out == run(copy)[1]


def test_a_log_signed_anew_with_another_key_is_found_out_by_the_key_that_was_written_down(sealed, copy):
    forked(copy)
    mine = Ed25519PrivateKey.generate()
    name = sealed[1].split("+")[0]
    leaves = [leaf_hash(event) for event in lines(copy)]
    notes = [signed_note(Head(name, size, root_of(leaves[:size])), mine) for size in (10, 20, 30)]
    for file in ("checkpoints.txt", "anchors.txt"):
        (copy / file).write_text("".join(notes))
    manifest = json.loads((copy / "manifest.json").read_text())
    settle(copy, manifest | {"key": verifier_of(name, mine).text()})
    assert run(copy)[0] == 0  # it agrees with itself: that is all an export alone can show
    assert run(copy, "--key", sealed[1]) == (
        1,
        f"TAMPERED: Head 1 in checkpoints.txt is not signed by the key {name}.\n",
    )


def test_a_head_kept_elsewhere_finds_out_a_shorter_and_a_forked_log(sealed, copy, tmp_path):
    anchor = tmp_path / "kept.txt"
    name = sealed[1].split("+")[0]
    anchor.write_text(signed_note(Head(name, 40, bytes(32)), sealed[2]))
    assert run(copy, "--anchor", str(anchor)) == (2, "INCOMPLETE: Events 31 to 40 are missing: they were signed for.\n")
    anchor.write_text(signed_note(Head(name, 20, bytes(32)), sealed[2]))
    code, says = run(copy, "--anchor", str(anchor))
    assert (code, "Head 1 in kept.txt contradicts another head over 20 events" in says) == (1, True)


@given(facts=st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=6) | st.booleans(), max_size=4))
def test_the_quick_look_at_an_event_says_what_parsing_it_says(facts):
    entry = Entry(DESK, AuditEvent.PATIENT_SEEN, Permission.SEE_CONTACT, NOW, facts=facts)
    body = canonical(entry, 7, GENESIS, "")
    assert verify_audit._read(body, 7) == verify_audit._parsed(body, 7)


SHAPE = canonical(
    Entry(DESK, AuditEvent.PATIENT_SEEN, Permission.SEE_CONTACT, NOW, facts={"a": 1, "b": "c"}), 7, GENESIS, ""
)
CHANGES = st.sampled_from(
    [b'"', b"\\", b",", b":", b" ", b"}", b'"a":1', b'"b":"c"', b"-0", b"00", b"1e3", b"null", b"\xc3"]
)


@given(at=st.integers(0, len(SHAPE)), end=st.integers(0, 9), change=CHANGES)
def test_the_quick_look_passes_nothing_that_parsing_refuses(at, end, change):
    body = SHAPE[:at] + change + SHAPE[at + end :]
    try:
        quick = verify_audit._read(body, 7)
    except verify_audit.Finding:
        return
    assert quick == verify_audit._parsed(body, 7)


def test_a_key_that_is_none_cannot_be_read(copy):
    assert run(copy, "--key", "nonsense")[0] == 3
