"""Rows of the store as Arrow batches with what the allow-list keeps, ids already replaced by pseudonyms."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from sqlalchemy import Column, Date, Integer, MetaData, Select, String, cast, select, type_coerce
from sqlalchemy.orm import Session

from pipelines.allowed import DayOf, Mirrored, Plain, Pseudonym, code_or_blank, duck_type
from workbench.store.types import UtcDateTime
from workbench.store.vault import Vault

BATCH_ROWS = 50_000

Convert = Callable[[Sequence[Any]], pa.Array]


class TableReader:
    """Reads one mirrored table. `columns` and `select_list` say how DuckDB keeps a batch: names, types, expressions."""

    def __init__(self, listed: Mirrored, metadata: MetaData, vault: Vault, zone: ZoneInfo) -> None:
        self.listed = listed
        self._table = metadata.tables[listed.name]
        self._vault = vault
        kept = listed.kept
        self.columns = {name: duck_type(how, self._table.c[_source(name, how)]) for name, how in kept.items()}
        self.select_list = ", ".join(_expression(name, how, zone) for name, how in kept.items())
        pseudonyms = {name: how.of for name, how in kept.items() if isinstance(how, Pseudonym)}
        # An instant that only lends its day comes along in the batch under its own name and is not inserted.
        self._sources = list(dict.fromkeys(_source(name, how) for name, how in kept.items()))
        self._pseudonyms = pseudonyms

    def all_rows(self, session: Session) -> Iterator[pa.Table]:
        """Every row, in batches."""
        yield from self._batches(session, self._select(session))

    def rows(self, session: Session, keys: Select[str]) -> Iterator[pa.Table]:
        """The rows whose ids the SELECT names, as they are now; one that is gone is not among them."""
        key = self._table.c.id
        wanted = keys.subquery()
        column = wanted.c[0]
        found = cast(column, Integer) if isinstance(key.type, Integer) else column
        yield from self._batches(session, self._select(session).where(key.in_(select(found))))

    def keys(self, row_ids: Sequence[str]) -> pa.Table:
        """The pseudonyms of these ids, as a batch with the one column `id`."""
        return pa.table({"id": pa.array(self._vault.pseudonyms(self.listed.of, row_ids), pa.string())})

    def _select(self, session: Session) -> Select[Any]:
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        return select(*(_as_text(self._table.c[name], is_sqlite) for name in self._sources))

    def _batches(self, session: Session, query: Select[Any]) -> Iterator[pa.Table]:
        result = session.execute(query.execution_options(yield_per=BATCH_ROWS))
        for rows in result.partitions(BATCH_ROWS):
            columns = list(zip(*rows, strict=True))
            yield pa.table({
                name: self._array(name, values) for name, values in zip(self._sources, columns, strict=True)
            })  # fmt: skip

    def _array(self, name: str, values: Sequence[Any]) -> pa.Array:
        if name in self._pseudonyms:
            return _pseudonymised(self._vault, self._pseudonyms[name], values)
        column = self._table.c[name]
        if isinstance(column.type, String):
            codes = {value: code_or_blank(value) for value in set(values)}
            return pa.array([codes[value] for value in values], pa.string())
        if isinstance(column.type, UtcDateTime):
            return _cast(values, pa.timestamp("us"))
        if isinstance(column.type, Date):
            return _cast(values, pa.date32())
        return pa.array(values, pa.bool_() if self.columns[name] == "BOOLEAN" else pa.int64())


def _source(name: str, how: Plain | Pseudonym | DayOf) -> str:
    return how.source if isinstance(how, DayOf) else name


def _expression(name: str, how: Plain | Pseudonym | DayOf, zone: ZoneInfo) -> str:
    if isinstance(how, DayOf):
        return f"CAST(timezone('{zone.key}', timezone('UTC', {how.source})) AS DATE) AS {name}"
    return name


def _as_text(column: Column[Any], is_sqlite: bool) -> Any:
    # SQLite keeps instants and days as text: Arrow reads a whole column of it at once, the driver value by value.
    return type_coerce(column, String) if is_sqlite and isinstance(column.type, (UtcDateTime, Date)) else column


def _cast(values: Sequence[Any], to: pa.DataType) -> pa.Array:
    if any(isinstance(value, str) for value in values):
        return pa.array(values, pa.string()).cast(to)
    if pa.types.is_timestamp(to):
        return pa.array(values, pa.timestamp("us", "UTC")).cast(to)
    return pa.array(values, to)


def _pseudonymised(vault: Vault, of: str, values: Sequence[Any]) -> pa.Array:
    distinct = [value for value in set(values) if value not in (None, "")]
    known = dict(zip(distinct, vault.pseudonyms(of, map(str, distinct)), strict=True))
    return pa.array([known.get(value) for value in values], pa.string())
