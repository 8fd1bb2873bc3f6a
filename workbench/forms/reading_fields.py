"""What a page sent for a form: its fields become answers, those that are none a sentence beside their field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.forms.answering import NotAnAnswer, typed
from workbench.forms.filling import Answers, Layout, Path
from workbench.forms.questionnaire import Answer, ItemType

OWN = ".own"


@dataclass(frozen=True)
class FieldsRead:
    """The answers, and what is wrong by the name of the field."""

    answers: Answers
    problems: Mapping[str, str] = field(default_factory=dict)


def read_fields(layout: Layout, values: Mapping[str, Sequence[str]]) -> FieldsRead:
    """Every field of the form among the values. Other values are the page's own and are left aside.

    Raises:
        NoSuchQuestion: a field is of another form.
    """
    answers: dict[Path, tuple[Answer, ...]] = {}
    problems: dict[str, str] = {}
    for name in dict.fromkeys(name.removesuffix(OWN) for name in values if is_field(name)):
        texts = values.get(name, ())
        place = layout.path_of(name)
        item = layout.item_at(place)
        said = (
            list(texts) if item.options or not item.repeats else [line for text in texts for line in text.splitlines()]
        )
        if item.type is ItemType.OPEN_CHOICE:
            said += [f"other:{text}" for text in values.get(name + OWN, ()) if text.strip()]
        try:
            answers[place] = typed(item, said)
        except NotAnAnswer as refused:
            problems[name] = str(refused)
    return FieldsRead({place: told for place, told in answers.items() if told}, problems)


def is_field(name: str) -> bool:
    """Whether a value belongs to a form's question, and not to the page around it."""
    return name[:1] == "q" and name[1:2].isdecimal()
