"""A form of a hundred items: read, asked, checked, drawn and scored, against the least that each can cost.

The least for reading is `json.loads`, for drawing a bare Jinja template over the same fields that knows nothing: no
answers in their places, no hints, no problems, no language.
"""

import json
from datetime import date
from typing import Any, Final

from jinja2 import Environment

from bench.measuring import Section, compared, cpu_seconds
from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import Asked, asked
from workbench.forms.filling import Answers, Layout, Step
from workbench.forms.html import form_html
from workbench.forms.html_pages import form_page_html
from workbench.forms.importing import import_form
from workbench.measures.catalogue import measure_named
from workbench.measures.scoring import score

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


_BARE: Final = Environment(autoescape=True).from_string(
    "{% for f in fields %}{% if f.options %}<fieldset id='{{ f.name }}'><legend>{{ f.text }}</legend><div>"
    "{% for o in f.options %}<label><input type='radio' name='{{ f.name }}' value='{{ loop.index0 }}' required>"
    "<span>{{ o }}</span></label>{% endfor %}</div></fieldset>{% else %}<div class='field'>"
    "<label for='{{ f.name }}'>{{ f.text }}</label><input id='{{ f.name }}' name='{{ f.name }}' type='{{ f.kind }}' "
    "required></div>{% endif %}{% endfor %}"
)


def _bare(layout: Layout, found: Asked) -> list[dict[str, Any]]:
    """What the bare template draws: the fields that are asked."""
    asked_now = [layout.items[place[-1].link_id] for place in found.places]
    return [{"name": f"q{layout.number(one.link_id)}", "text": one.text, "kind": one.type.value,
             "options": [option.label for option in one.options]} for one in asked_now if one.is_question]  # fmt: skip


def report(rounds: int = 7) -> Section:
    """Reading and filling in, and the floor."""
    data = questionnaire()
    layout = Layout(import_form(data).form)
    answers: Answers = {(Step(str(number)),): (1,) for number in range(1, ITEMS, 4)}
    found = asked(layout, answers, today=TODAY)
    problems = missing_and_wrong(layout, found)
    fields, phq9 = _bare(layout, found), measure_named("PHQ-9")
    responses = {str(item): item % 4 for item in range(1, 10)}

    def whole() -> None:
        now = asked(layout, answers, today=TODAY)
        form_html(layout, now, missing_and_wrong(layout, now))
        score(phq9, responses)

    floor = "json.loads of the questionnaire (the floor)"
    seconds = cpu_seconds(
        {
            floor: lambda: [json.loads(data) for _ in range(TIMES)],
            "read, checked and hashed": lambda: [import_form(data) for _ in range(TIMES)],
            "which questions are asked": lambda: [asked(layout, answers, today=TODAY) for _ in range(TIMES)],
            "what a signature still needs": lambda: [missing_and_wrong(layout, found) for _ in range(TIMES)],
            "drawn as HTML": lambda: [form_html(layout, found, problems) for _ in range(TIMES)],
            "drawn by a bare template": lambda: [_BARE.render(fields=fields) for _ in range(TIMES)],
            "one page of it drawn": lambda: [form_page_html(layout, found) for _ in range(TIMES)],
            "asked, checked, drawn and scored": lambda: [whole() for _ in range(TIMES)],
        },
        rounds,
    )
    return Section(
        f"A form of {ITEMS} items, {len(data) / 1e3:.0f} KB, {TIMES} times",
        ("", "CPU", "", "times the floor"),
        compared(seconds, floor, of=TIMES, noun="forms"),
        "Asking, checking and drawing together are what a change of one answer costs the server.",
    )
