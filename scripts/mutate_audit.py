"""Takes away every write to the audit log in turn and tells which test noticed; one that nobody notices is a hole.

    .venv/bin/python scripts/mutate_audit.py                 all of them, and docs/audit-mutants.md
    .venv/bin/python scripts/mutate_audit.py carry_out        only files whose path holds this word

Works on a copy of the tree and on the embedded engine, for both write the same lines. The tests of a verb are asked
first, then the cells of the permission table.
"""

import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("workbench", "dashboards", "pipelines", "tests", "scripts", "bench", "notebooks")
REPORT = ROOT / "docs" / "audit-mutants.md"
# Where a test does not stand beside what it proves.
BESIDE = {
    "workbench/actions/accounts/open_session.py": (
        "tests/actions/accounts/test_open_session.py",
        "tests/actions/accounts/test_issue_recovery_codes.py",
    ),
    "workbench/accounts/carrying_out.py": (
        "tests/actions/accounts/test_approve_access.py",
        "tests/actions/accounts/test_carry_out_access.py",
        "tests/actions/accounts/test_letting_back.py",
    ),
    "workbench/gate/action.py": ("tests/gate",),
    "workbench/gate/view.py": ("tests/gate", "tests/screens/people"),
    "workbench/gate/bulk.py": ("tests/gate", "tests/demo/test_load_practice.py"),
}
HEAD = """# Every audit line is missed

Written by `make mutants`: each statement that writes to the audit log is replaced by `pass`, one at a time, and the
tests are run that concern it. The gate refuses a verb that changed rows and recorded nothing, so many show there.

| Taken away | Noticed by |
|---|---|
"""


@dataclass(frozen=True)
class Mutant:
    """One statement that writes to the log: the lines from `first` to `last` of a file, both included."""

    path: str
    first: int
    last: int
    indent: int
    says: str


def mutants(root: Path) -> Iterator[Mutant]:
    """Every such statement of the product, by file and line."""
    for path in sorted((root / "workbench").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _records(node.value.func):
                assert node.end_lineno is not None
                says = " ".join(ast.unparse(node).split())[:70]
                yield Mutant(str(path.relative_to(root)), node.lineno, node.end_lineno, node.col_offset, says)


def _records(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id == "record"
    if not isinstance(called, ast.Attribute) or not isinstance(called.value, ast.Name):
        return False
    return (called.value.id, called.attr) in {("work", "record"), ("audit", "append")}


def tests_of(path: str, root: Path) -> tuple[str, ...]:
    """The test files that concern a module: the verb's own, or those of the verbs that use it."""
    if path in BESIDE:
        return BESIDE[path]
    own = _test_of(path)
    if (root / own).exists():
        return (own,)
    name = path.removesuffix(".py").replace("/", ".")
    users = (one for one in sorted((root / "workbench" / "actions").rglob("*.py")) if name in one.read_text())
    found = (_test_of(str(one.relative_to(root))) for one in users)
    return tuple(one for one in found if (root / one).exists())


def _test_of(path: str) -> str:
    folder, _, file = path.removeprefix("workbench/").rpartition("/")
    return f"tests/{folder}/test_{file}"


def noticed(mutant: Mutant, root: Path) -> str:
    """The first test that fails without the statement; "" if none does."""
    file = root / mutant.path
    whole = file.read_text()
    lines = whole.splitlines(keepends=True)
    lines[mutant.first - 1 : mutant.last] = [" " * mutant.indent + "pass\n"]
    file.write_text("".join(lines))
    try:
        verb = Path(mutant.path).stem
        return _failing(root, *tests_of(mutant.path, root)) or _failing(root, "tests/access", only=verb)
    finally:
        file.write_text(whole)


def _failing(root: Path, *which: str, only: str = "not postgresql") -> str:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header", "-k", only, *which]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    failed = (line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR ")))
    return next((line.split()[1].partition("[")[0] for line in failed), "")


def main(words: list[str]) -> int:
    """How many survived, as the exit code; the report only of a whole run."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "copy"
        for room in ROOMS:
            shutil.copytree(ROOT / room, root / room, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", root)
        rows, survivors = [], 0
        for mutant in mutants(root):
            if words and not any(word in mutant.path for word in words):
                continue
            by = noticed(mutant, root)
            survivors += not by
            print(f"{'noticed ' if by else 'SURVIVED'} {mutant.path}:{mutant.first} {by}", flush=True)
            rows.append(f"| `{mutant.path}` `{mutant.says}` | {f'`{by}`' if by else '**nobody**'} |\n")
        if not words:
            REPORT.write_text(HEAD + "".join(rows) + f"\n{len(rows)} taken away, {survivors} noticed by nobody.\n")
    return min(survivors, 100)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
