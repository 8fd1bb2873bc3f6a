"""Rows that are never overwritten but said again: the last said of each, by its number `nth`."""

from collections.abc import Collection
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, ScalarResult, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from workbench.store.base import Base

R = TypeVar("R", bound=Base)


class Rows(Protocol):
    """Whatever a domain is asked with: a verb's work, a view's look, a session."""

    def scalars(self, query: Select[Any], /) -> ScalarResult[Any]:
        """The first column of every row."""
        ...


def last_said(
    row_class: type[R], key: InstrumentedAttribute[str], nth: InstrumentedAttribute[int],
    keys: Collection[str] | Select[str],
) -> Select[R]:  # fmt: skip
    """A SELECT of the row with the greatest `nth` for each of these keys; a key without a row has none."""
    last = select(key.label("key"), func.max(nth).label("nth")).where(key.in_(keys)).group_by(key).subquery()
    return select(row_class).join(last, (last.c.key == key) & (last.c.nth == nth))


def next_nth(rows: Rows, nth: InstrumentedAttribute[int], *of: ColumnElement[bool]) -> int:
    """The number of what is said next, of those that meet `of`: 1 for the first. Two who race meet the unique index."""
    return int(rows.scalars(select(func.max(nth)).where(*of)).one() or 0) + 1
