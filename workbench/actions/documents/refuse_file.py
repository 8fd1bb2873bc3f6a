"""Write down that a file was refused because the scanner knows it as harmful."""

import hashlib
from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class FileRefused:
    """It is in the log. sha256: of the file, which was not kept."""

    sha256: str


@action(Permission.REFUSE_FILE)
def refuse_file(work: Work, *, content: bytes, signature: str) -> FileRefused:
    """Who sent it, what its bytes were by their hash, and what the scanner calls it. Nothing of the file is kept."""
    digest = hashlib.sha256(content).hexdigest()
    work.record(AuditEvent.FILE_REFUSED, outcome="refused", sha256=digest, bytes=len(content), signature=signature)
    return FileRefused(digest)
