"""`workbench audit`: take the log out with what proves it, verify a copy or receipts anywhere, tell the newest head."""

import argparse
from importlib import resources
from pathlib import Path
from typing import Any

README = """An audit log, taken out of the practice workbench.

events.jsonl      one event a line, exactly the bytes that were hashed; each names the hash of the one before (prev)
checkpoints.txt   signed heads (C2SP tlog-checkpoint): the root of the RFC 6962 tree over the first so many events
anchors.txt       the newest head of each day, as kept apart from the store
manifest.json     the files with their SHA-256, and the public key of the log
verify_audit.py   verifies all of it: needs Python 3.11 or newer and the package "cryptography", not the workbench

    python verify_audit.py FOLDER --key KEY --anchor FILE

KEY is the line "workbench audit head" printed when the practice began, FILE a head that was kept elsewhere. Without
them the copy is only shown to agree with itself. Exit codes: 0 good, 1 tampered, 2 incomplete, 3 cannot read.
The log holds ids and pseudonyms of patients, no names and no texts.
"""


def register(groups: Any) -> None:
    """Add the group."""
    commands = groups.add_parser("audit", help="the audit log: export, verify, newest head").add_subparsers(
        dest="command", required=True, metavar="COMMAND"
    )
    export = commands.add_parser("export", help="the log with its signed heads and a verifier, into a new folder")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--home", type=Path, help="the practice's folder, if not the usual one")
    export.set_defaults(run=_export)
    verify = commands.add_parser("verify", help="verify an export: 0 good, 1 tampered, 2 incomplete, 3 cannot read")
    verify.add_argument("folder", type=Path, metavar="DIR")
    verify.add_argument("--key", default="", help="the log's public key as you wrote it down")
    verify.add_argument("--anchor", type=Path, action="append", default=[], help="a file of heads kept elsewhere")
    verify.set_defaults(run=_verify)
    receipts = commands.add_parser("receipts", help="check a file of receipts: 0 good, 1 not")
    receipts.add_argument("file", type=Path, metavar="FILE")
    receipts.add_argument("--key", required=True, help="the log's public key as you wrote it down")
    receipts.set_defaults(run=_receipts)
    head = commands.add_parser("head", help="seal the log and print its newest head and public key, to keep elsewhere")
    head.add_argument("--home", type=Path, help="the practice's folder, if not the usual one")
    head.set_defaults(run=_head)


def _export(given: argparse.Namespace) -> int:
    from workbench.actions.compliance.export_audit import export_audit
    from workbench.cli.background import seal_at_end
    from workbench.cli.opening import opened
    from workbench.gate.actor import SystemActor
    from workbench.gate.audit_export import write_export
    from workbench.gate.permissions import Permission
    from workbench.kernel.settings import read_settings

    # Whoever runs this holds the practice's key; the log names the console, and the operator's own log who sat there.
    console = SystemActor("console", frozenset({Permission.EXPORT_AUDIT}))
    now = given.clock()
    with opened(read_settings(home=given.home)) as practice:
        seal_at_end(practice, given.clock)
        export = export_audit(practice.gate, console, now=now)
        verifier = (resources.files("workbench.library") / "verify_audit.py").read_bytes()
        extras = {"verify_audit.py": verifier, "README.txt": README.encode()}
        write_export(practice.gate, export, given.folder, now=now, extras=extras)
    print(f"{export.size:,} events are in {given.folder}. Verify them with “workbench audit verify {given.folder}”.")
    return 0


def _verify(given: argparse.Namespace) -> int:
    from workbench.library.verify_audit import main

    anchors = [part for file in given.anchor for part in ("--anchor", str(file))]
    return main([str(given.folder), "--key", given.key, *anchors])


def _receipts(given: argparse.Namespace) -> int:
    from workbench.gate.audit_checkpoints import read_verifier
    from workbench.gate.audit_receipts import checked_receipts

    for receipt, head in checked_receipts(given.file.read_bytes(), read_verifier(given.key)):
        print(f"Event {receipt.seq:,} is in the log that was signed at {head.size:,} events: {receipt.body.decode()}")
    return 0


def _head(given: argparse.Namespace) -> int:
    from workbench.cli.background import seal_at_end
    from workbench.cli.opening import opened
    from workbench.gate.audit_export import NothingSealed
    from workbench.gate.audit_seal import signer_of
    from workbench.kernel.settings import read_settings

    with opened(read_settings(home=given.home)) as practice:
        seal_at_end(practice, given.clock)
        signer = signer_of(practice.gate.store)
        if signer is None:
            raise NothingSealed
        print(signer.last_note(), end="")
        print(f"\nKey: {signer.verifier.text()}")
    return 0
