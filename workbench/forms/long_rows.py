"""A filled-in form as rows, one an answer, for who counts with them. Pure."""

from collections.abc import Iterator

from workbench.forms.filling import Answers, Layout, Path
from workbench.forms.questionnaire import Coding, Quantity, answer_words
from workbench.kernel.csv_files import csv_file

HEADS = ("form", "version", "response", "link_id", "copies", "nth", "question", "code", "answer", "unit")


def long_csv(layout: Layout, answers: Answers, *, version: str, response_id: str, notice: str = "") -> bytes:
    """One row an answer, in reading order. copies: which copy of each group around it, counted from 1.

    notice: what must go with every copy, in a column of its own; none where it is empty.
    """
    also = (notice,) if notice else ()
    rows = ((layout.form.title, version, response_id, *row, *also) for row in _rows(layout, answers))
    return csv_file((*HEADS, "notice") if notice else HEADS, rows)


def _rows(layout: Layout, answers: Answers) -> Iterator[tuple[str, ...]]:
    by_item: dict[str, list[Path]] = {}
    for place in sorted(answers):
        by_item.setdefault(place[-1].link_id, []).append(place)
    for link_id, item in layout.items.items():
        for place in by_item.get(link_id, ()):
            copies = ".".join(str(step.nth + 1) for step in place[:-1])
            for nth, answer in enumerate(answers[place], 1):
                code = answer.code if isinstance(answer, Coding) else ""
                unit = answer.unit if isinstance(answer, Quantity) else ""
                words = str(answer.value) if isinstance(answer, Quantity) else answer_words(answer)
                yield link_id, copies, str(nth), item.text, code, words, unit
