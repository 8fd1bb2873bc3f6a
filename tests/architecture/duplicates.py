"""The same function twice under two names: let one piece serve both."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.architecture.source import Breach, Module, modules

# Below this many nodes two functions are alike because little can be said differently.
SMALLEST = 90


def breaches(root: Path) -> list[Breach]:
    """Functions that differ only in names and constants from another one."""
    shapes: dict[str, list[tuple[Module, ast.FunctionDef | ast.AsyncFunctionDef]]] = defaultdict(list)
    for module in modules(root, "workbench", "dashboards", "pipelines"):
        if "/migrations/" in module.path:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = shape(node)
                if body is not None:
                    shapes[body].append((module, node))
    return [
        module.breach(node, f"{node.name} is {first.name} of {elsewhere.path} with other names")
        for (elsewhere, first), *others in shapes.values()
        for module, node in others
    ]


def shape(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    """What the body does, whatever its variables are called; None if it is too small to compare.

    Attributes, called functions and numbers stay: they are what a function does. Local names and texts go.
    """
    names = {argument.arg for argument in ast.walk(function) if isinstance(argument, ast.arg)}
    names |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    parts = [_said(node, names) for node in ast.walk(ast.Module(body=function.body, type_ignores=[]))]
    return "|".join(parts) if len(parts) >= SMALLEST else None


def _said(node: ast.AST, local: set[str]) -> str:
    if isinstance(node, ast.Name):
        return "local" if node.id in local else node.id
    if isinstance(node, ast.Attribute):
        return f".{node.attr}"
    if isinstance(node, ast.Constant):
        return "text" if isinstance(node.value, str) else repr(node.value)
    return type(node).__name__
