"""A form of a hundred items: read, asked, checked and drawn, against the least that reading can cost: `json.loads`."""

import json
from datetime import date
from typing import Any

from bench.measuring import Section, compared, cpu_seconds
from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import asked
from workbench.forms.filling import Answers, Layout, Step
from workbench.forms.html import form_html
from workbench.forms.importing import import_form

ITEMS, TIMES = 100, 20
TODAY = date(2026, 3, 9)
_OPTIONS = [{"valueCoding": {"code": str(code), "display": f"Answer {code}"}} for code in range(4)]


def questionnaire() -> bytes:
    """Ten groups of ten: choices, numbers, days and texts, every third hung on the one before."""
    kinds: tuple[dict[str, Any], ...] = (
        {"type": "choice", "answerOption": _OPTIONS}, {"type": "integer"}, {"type": "date"}, {"type": "string",
        "maxLength": 200},
    )  # fmt: skip
    items = []
    for number in range(ITEMS):
        item = {"linkId": str(number), "text": f"Question {number}", "required": True, **kinds[number % 4]}
        if number % 3 == 2:
            item["enableWhen"] = [{"question": str(number - 1), "operator": "exists", "answerBoolean": True}]
        items.append(item)
    groups = [
        {"linkId": f"g{at}", "type": "group", "text": f"Part {at}", "item": items[at * 10 : at * 10 + 10]}
        for at in range(10)
    ]
    return json.dumps({"resourceType": "Questionnaire", "status": "active", "item": groups}).encode()


def report(rounds: int = 7) -> Section:
    """Reading and filling in, and the floor."""
    data = questionnaire()
    layout = Layout(import_form(data).form)
    answers: Answers = {(Step(str(number)),): (1,) for number in range(1, ITEMS, 4)}
    found = asked(layout, answers, today=TODAY)
    problems = missing_and_wrong(layout, found)
    floor = "json.loads of the questionnaire (the floor)"
    seconds = cpu_seconds(
        {
            floor: lambda: [json.loads(data) for _ in range(TIMES)],
            "read, checked and hashed": lambda: [import_form(data) for _ in range(TIMES)],
            "which questions are asked": lambda: [asked(layout, answers, today=TODAY) for _ in range(TIMES)],
            "what a signature still needs": lambda: [missing_and_wrong(layout, found) for _ in range(TIMES)],
            "drawn as HTML": lambda: [form_html(layout, found, problems) for _ in range(TIMES)],
        },
        rounds,
    )
    return Section(
        f"A form of {ITEMS} items, {len(data) / 1e3:.0f} KB, {TIMES} times",
        ("", "CPU", "", "times the floor"),
        compared(seconds, floor, of=TIMES, noun="forms"),
        "Asking, checking and drawing together are what a change of one answer costs the server.",
    )
