"""Writes the log as files that anybody can verify without this product. The permission was asked by the verb before.

One event a line, exactly the bytes that were hashed: a body of canonical JSON never holds a line break.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

from workbench.gate.action import Gate
from workbench.gate.audit import AuditRow
from workbench.gate.audit_checkpoints import AuditCheckpoint
from workbench.gate.audit_seal import anchors_of, claimed_size, signer_of
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.folders import fingerprint, holds_something, whole_or_absent

EVENTS: Final = "events.jsonl"
CHECKPOINTS: Final = "checkpoints.txt"
ANCHORS: Final = "anchors.txt"
MANIFEST: Final = "manifest.json"


class ExportInTheWay(WorkbenchError):
    """The folder for the export holds something already."""


class NothingSealed(WorkbenchError):
    """No head was signed yet, so an export would prove nothing."""

    def __init__(self) -> None:
        super().__init__("The audit log was never sealed, so there is nothing to export yet. Try again in a minute.")


@dataclass(frozen=True)
class AuditExport:
    """What may be taken: the events 1 to `size`, all under a signed head with this root (hex)."""

    size: int
    root: str


def write_export(gate: Gate, export: AuditExport, folder: Path, *, now: datetime, extras: Mapping[str, bytes]) -> None:
    """Events, heads, anchors, `extras` and a manifest of their hashes in a new folder, there whole or not at all.

    Raises:
        ExportInTheWay: there is something in the folder.
    """
    if holds_something(folder):
        raise ExportInTheWay("The folder for the export is not empty. Name a new one.")
    signer = signer_of(gate.store)
    if signer is None:
        raise NothingSealed
    with whole_or_absent(folder) as partial:
        _write_log(gate, export, partial)
        for name, content in extras.items():
            (partial / name).write_bytes(content)
        manifest = {
            "format": "workbench-audit-export 1",
            "written_at": now.isoformat(),
            "events": export.size,
            "key": signer.verifier.text(),
            "files": {file.name: fingerprint(file) for file in sorted(partial.iterdir())},
        }
        (partial / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _write_log(gate: Gate, export: AuditExport, folder: Path) -> None:
    anchors = [note for note in anchors_of(gate.store).notes() if claimed_size(note) <= export.size]
    with gate.store.reading() as session:
        bodies = select(AuditRow.body).where(AuditRow.seq <= export.size).order_by(AuditRow.seq)
        heads = select(AuditCheckpoint.note).where(AuditCheckpoint.size <= export.size).order_by(AuditCheckpoint.size)
        _write_lines(folder / EVENTS, session.scalars(bodies.execution_options(yield_per=5000)))
        (folder / CHECKPOINTS).write_text("".join(session.scalars(heads)), encoding="utf-8")
    (folder / ANCHORS).write_text("".join(sorted(anchors, key=claimed_size)), encoding="utf-8")


def _write_lines(path: Path, bodies: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(bytes(body) + b"\n" for body in bodies)
