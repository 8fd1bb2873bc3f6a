"""Writes the next migration from the difference between the tables in code and the newest step, as frozen text.

    .venv/bin/python scripts/write_migration.py 0002_waitlist "A waitlist with offers"

Read what it wrote before committing it: a rename looks like a drop and an add.
"""

import ast
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import autogenerate
from alembic.runtime.migration import MigrationContext

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workbench.cli.every_table import import_every_table  # noqa: E402
from workbench.kernel.settings import Settings  # noqa: E402
from workbench.store import guards  # noqa: E402
from workbench.store.base import Base  # noqa: E402
from workbench.store.engine import create_home, open_store, open_vault  # noqa: E402
from workbench.store.schema import migrate  # noqa: E402
from workbench.store.types import Envelope, UtcDateTime  # noqa: E402

VERSIONS = ROOT / "workbench" / "store" / "migrations" / "versions"
HEAD = '''"""{title}. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down}
branch_labels = None
depends_on = None
'''


def render(kind: str, thing: Any, _context: Any) -> str | bool:
    """Our column types as the plain types they are kept as, so that a step never imports our code."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Envelope):
        return "sa.LargeBinary()"
    return False


def kept_already(steps: list[Path]) -> set[str]:
    """The guards' statements that earlier steps hold."""
    texts = set()
    for step in steps:
        for node in ast.parse(step.read_text()).body:
            name = node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
            if getattr(name, "id", "") in ("SQLITE", "POSTGRESQL"):
                texts.update(ast.literal_eval(node.value))  # type: ignore[attr-defined]
    return texts


def statements(dialect: str, known: set[str]) -> list[str]:
    """The guards of one engine that no step holds yet, ordered by their table's name."""
    kept = sorted(guards.GUARDS, key=lambda guard: guard.table)
    return [text for guard in kept for text in getattr(guard, dialect) if text not in known]


def main(revision: str, title: str) -> None:
    """Compare, and write `versions/<revision>.py`."""
    import_every_table()
    steps = sorted(VERSIONS.glob("[0-9]*.py"))
    known = kept_already(steps)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        create_home(settings)
        store = open_store(settings, open_vault(settings))
        migrate(store)
        with store.engine.connect() as connection:
            options = {"render_item": render, "compare_type": False, "render_as_batch": False}
            context = MigrationContext.configure(connection, opts={**options, "target_metadata": Base.metadata})
            script = autogenerate.produce_migrations(context, Base.metadata)
            up = autogenerate.render_python_code(script.upgrade_ops, render_item=render)
            down = autogenerate.render_python_code(script.downgrade_ops, render_item=render)
    text = HEAD.format(title=title, revision=revision, down=repr(steps[-1].stem) if steps else "None")
    text += "\nSQLITE: tuple[str, ...] = (\n" + "".join(f"    {s!r},\n" for s in statements("sqlite", known)) + ")\n"
    text += (
        "\nPOSTGRESQL: tuple[str, ...] = (\n"
        + "".join(f"    {s!r},\n" for s in statements("postgresql", known))
        + ")\n"
    )
    text += f"\n\ndef upgrade() -> None:\n    {up}\n"
    text += '    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:\n'
    text += "        op.get_bind().exec_driver_sql(statement)\n"
    text += f"\n\ndef downgrade() -> None:\n    {down}\n"
    functions = re.findall(r"CREATE FUNCTION (\w+)", " ".join(statements("postgresql", known)))
    if functions:
        text += '    if op.get_bind().dialect.name == "postgresql":\n'
        text += f"        for function in {tuple(functions)!r}:\n"
        text += '            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")\n'
    (VERSIONS / f"{revision}.py").write_text(text)
    print(f"Wrote {revision}.")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
