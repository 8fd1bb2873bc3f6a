"""Column types: UTC instants that stay aware on SQLite, and envelopes that refuse to hold anything readable."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, TypeDecorator

from workbench.kernel.time import utc
from workbench.store.vault import is_envelope


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite drops the zone on the way in, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant = utc(value)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class NotSealed(TypeError):
    """Readable bytes were about to be written into a sealed column. A bug, never a person's mistake."""


class Envelope(TypeDecorator[bytes]):
    """Bytes sealed by the vault. Bulk SQL passes the mapper's events, so the type itself refuses what is not sealed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        if value is None:
            return None
        if not is_envelope(value):
            raise NotSealed("a sealed column accepts envelopes only")
        return bytes(value)
