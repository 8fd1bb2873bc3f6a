"""Rules the database itself keeps: triggers and constraints that no ORM declares, for both engines."""

from dataclasses import dataclass

from sqlalchemy import DDL, Table, event


@dataclass(frozen=True)
class Guard:
    """The statements that make one rule on each engine, and those that take it away (for migrations down)."""

    table: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


GUARDS: list[Guard] = []


def guard(table: Table, *, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    """Keep this rule wherever `table` is created; statements name it in what they raise, for `refuses=` of a verb."""
    GUARDS.append(Guard(table.name, sqlite, postgresql))
    for dialect, statements in (("sqlite", sqlite), ("postgresql", postgresql)):
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


def append_only(table: Table, refusal: str) -> None:
    """Rows of `table` can be inserted and read; updates and deletes raise `refusal`."""
    name = table.name
    guard(
        table,
        sqlite=tuple(
            f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for verb in ("UPDATE", "DELETE")
        ),
        postgresql=(
            f"CREATE FUNCTION {name}_no_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_no_change()",
        ),
    )
