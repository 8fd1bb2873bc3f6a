"""The mirror's status as plain JSON values: what other processes and `--json` read. Stable; tested."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipelines.keeping import MirrorStatus


def told(status: MirrorStatus) -> dict[str, Any]:
    """`status` with instants in ISO 8601 and checksums in hex."""
    return {
        "state": status.state,
        "as_of": _instant(status.as_of),
        "behind_seconds": status.behind_seconds,
        "built_at": _instant(status.built_at),
        "why_built": status.why_built,
        "problem": status.problem,
        "publish_ms": round(status.publish_ms, 1),
        "changes": status.changes,
        "rows": dict(status.rows),
        "checks": [
            {"name": c.name, "says": c.says, "is_critical": c.is_critical, "failures": c.failures}
            for c in status.checks
        ],
        "verified_at": _instant(status.verified_at),
        "parity": [
            {
                "table": p.table, "is_equal": p.is_equal,
                "store_rows": p.store.rows, "store_checksum": f"{p.store.checksum:032x}",
                "mirror_rows": p.mirror.rows, "mirror_checksum": f"{p.mirror.checksum:032x}",
            }
            for p in status.parity
        ],
        "audited_at": _instant(status.audited_at),
        "audit": [asdict(result) for result in status.audit],
    }  # fmt: skip


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
