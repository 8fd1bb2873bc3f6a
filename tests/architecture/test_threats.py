"""The table of threats names tests that exist, and leaves no requirement, finding or threat out."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "threats.md").read_text()
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE)


def defined(path: Path) -> set[str]:
    """The test functions of a file."""
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists() -> None:
    assert len(NAMED) > 40
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not (ROOT / file).exists() or (name and name not in defined(ROOT / file))
    ]
    assert missing == []


def test_nothing_is_left_out() -> None:
    rows = re.findall(r"^\| ([A-Z]?-?\d+) \|", TABLE, re.MULTILINE)
    expected = [str(n) for n in range(1, 8)] + [f"F-{n}" for n in range(1, 24)] + [f"A{n}" for n in range(1, 16)]
    assert rows == expected


def test_what_names_no_test_says_that_it_is_open() -> None:
    for line in TABLE.splitlines():
        if re.match(r"\| ([A-Z]?-?\d+) \|", line) and "`tests/" not in line:
            assert "open" in line or line.split("|")[-2].strip()
