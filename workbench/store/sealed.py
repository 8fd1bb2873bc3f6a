"""One sealed JSON document a row: names, contact, note text. Opened only when looked at, sealed again when flushed."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

from pydantic import TypeAdapter
from sqlalchemy import event
from sqlalchemy.orm import Mapper, object_session

from workbench.store.base import Base
from workbench.store.vault import PRACTICE, Vault

D = TypeVar("D")


class SealedDocument(Generic[D]):
    """A frozen dataclass kept as an envelope in the row's `sealed` column.

    owner: the column that names whose key seals it (`"id"`, `"patient_id"`), or `PRACTICE`.
    Assign a new document to change it; the dataclass itself is frozen, so nothing changes unseen.
    """

    def __init__(self, shape: type[D], *, owner: str) -> None:
        self._adapter: TypeAdapter[D] = TypeAdapter(shape)
        self._owner = owner

    def __set_name__(self, row_class: type, name: str) -> None:
        self._cache = f"_open_{name}"
        self._row_class = row_class
        _SEALED.append((row_class, self))

    @overload
    def __get__(self, row: None, row_class: type) -> "SealedDocument[D]": ...
    @overload
    def __get__(self, row: Base, row_class: type) -> D: ...
    def __get__(self, row: Base | None, row_class: type) -> Any:
        if row is None:
            return self
        if self._cache not in row.__dict__:
            envelope: bytes = row.sealed  # type: ignore[attr-defined]
            document = _vault(row).open(self.owner_of(row), self.place(row), envelope)
            row.__dict__[self._cache] = self._adapter.validate_json(document)
        return row.__dict__[self._cache]

    def __set__(self, row: Base, document: D) -> None:
        row.__dict__[self._cache] = document
        row.__dict__["_to_seal"] = True
        if object_session(row) is not None:
            self.seal_row(row, _vault(row))

    def owner_of(self, row: Base) -> str:
        """Whose key seals this row's document."""
        return PRACTICE if self._owner == PRACTICE else str(getattr(row, self._owner))

    def place(self, row: Base) -> str:
        """What the envelope is bound to, so that it cannot be moved to another row."""
        return f"{type(row).__tablename__}|sealed|{row.id}|{self.owner_of(row)}"  # type: ignore[attr-defined]

    def seal_row(self, row: Base, vault: Vault) -> None:
        """Put the envelope of the assigned document into the row's `sealed` column."""
        document = self._adapter.dump_json(row.__dict__[self._cache])
        row.sealed = vault.seal(self.owner_of(row), self.place(row), document)  # type: ignore[attr-defined]
        row.__dict__.pop("_to_seal", None)

    def envelope(self, vault: Vault, *, table: str, row_id: str, owner: str, document: D) -> bytes:
        """The envelope for a row that is inserted in bulk, past the mapper."""
        return vault.seal(owner, f"{table}|sealed|{row_id}|{owner}", self._adapter.dump_json(document))

    def open_envelope(self, vault: Vault, *, table: str, row_id: str, owner: str, envelope: bytes) -> D:
        """The document of a row selected by columns instead of as an object: the cheap way for long lists."""
        return self._adapter.validate_json(vault.open(owner, f"{table}|sealed|{row_id}|{owner}", envelope))


_SEALED: list[tuple[type, SealedDocument[Any]]] = []


def sealed_kinds() -> tuple[tuple[Any, SealedDocument[Any]], ...]:
    """Every kind of row that has a sealed document, of the modules that were imported, and the document."""
    return tuple(_SEALED)


def _vault(row: Base) -> Vault:
    session = object_session(row)
    if session is None:
        raise RuntimeError("a sealed document can be opened only while its row belongs to a session")
    vault: Vault = session.info["vault"]
    return vault


def _forget_on_refresh(document: SealedDocument[Any]) -> Callable[..., None]:
    def forget(row: Base | None, *_: Any) -> None:
        # A row nobody holds any more is expired without it, when its transaction fails.
        if row is not None and not row.__dict__.get("_to_seal"):
            row.__dict__.pop(document._cache, None)

    return forget


def _seal_before_flush(document: SealedDocument[Any]) -> Callable[..., None]:
    def seal(mapper: Mapper[Any], connection: Any, row: Base) -> None:  # noqa: ARG001
        if row.__dict__.get("_to_seal"):
            document.seal_row(row, _vault(row))

    return seal


@event.listens_for(Mapper, "mapper_configured")
def _listen(mapper: Mapper[Any], row_class: type) -> None:  # noqa: ARG001
    for sealed_class, document in _SEALED:
        if sealed_class is row_class:
            event.listen(row_class, "before_insert", _seal_before_flush(document))
            event.listen(row_class, "before_update", _seal_before_flush(document))
            event.listen(row_class, "expire", _forget_on_refresh(document))
            event.listen(row_class, "refresh", _forget_on_refresh(document))
