"""Panel parts that run what they are given as markup. A stored name with a script in it must meet none of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import Breach, Module, dotted, imported, modules

# Seen in a browser: a script in the text ran in each of these, and did not in a default grid cell, Select or TextInput.
SINKS = frozenset({
    "HTML", "Markdown", "Str", "Alert", "StaticText", "ChatMessage", "ChatInterface", "ChatFeed", "ReactiveHTML",
    "TooltipIcon", "Number",
})  # fmt: skip
_OF_PANEL = frozenset({"pn", "panel", "pane", "widgets", "chat", "indicators", "pmui", "panel_material_ui"})
_LAYOUTS = frozenset({
    "Row", "Column", "FlexBox", "Card", "Accordion", "Tabs", "Paper", "Container", "Grid", "GridBox", "WidgetBox",
})  # fmt: skip
# The few places that build markup, from escaped text only; each is short enough to be read whole.
MAY_SINK: tuple[str, ...] = ()


def breaches(root: Path) -> list[Breach]:
    """Uses of a sink, and bare strings in a layout, which become Markdown."""
    found: list[Breach] = []
    for module in modules(root, "dashboards"):
        if not module.within(MAY_SINK):
            found += _imports(module)
            found += _uses(module)
    return found


def _imports(module: Module) -> Iterator[Breach]:
    for node, name in imported(module):
        if name.split(".")[0] in ("panel", "panel_material_ui") and name.rsplit(".", 1)[-1] in SINKS:
            yield module.breach(node, f"{name} runs markup that it is given")


def _uses(module: Module) -> Iterator[Breach]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in SINKS and dotted(node.value).split(".")[0] in _OF_PANEL:
            yield module.breach(node, f"{dotted(node)} runs markup that it is given")
        elif isinstance(node, ast.Call):
            yield from _call(module, node)


def _call(module: Module, node: ast.Call) -> Iterator[Breach]:
    name = dotted(node.func)
    is_layout = name.rsplit(".", 1)[-1] in _LAYOUTS and name.split(".")[0] in _OF_PANEL
    if is_layout and any(_is_text(argument) for argument in node.args):
        yield module.breach(node, f"a bare string in {name} becomes Markdown")
    for keyword in node.keywords:
        is_off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        if keyword.arg in ("escape", "sanitize_html") and is_off:
            yield module.breach(node, f"{keyword.arg} is switched off")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
