"""What is different between two versions of a form, by item and by what of it, and how much that is. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.forms.questionnaire import Form, Item
from workbench.formula.syntax import asks_for


class Weight(StrEnum):
    """How much a change is; the part of a semantic version it raises."""

    WORDS = "patch"
    """Other words, the same answers."""
    MORE = "minor"
    """More can be answered, and nothing that was answered is lost."""
    LESS = "major"
    """Answers of before have no place any more, or mean something else."""


@dataclass(frozen=True)
class Different:
    """One thing of one item. before, after: in words; empty where the item was not there, or is not any more."""

    link_id: str
    what: str
    before: str
    after: str
    weight: Weight


def compare(old: Form, new: Form) -> tuple[Different, ...]:
    """Everything that is different, in the order of the new form, then what it does not have any more."""
    before = {item.link_id: item for item in old.walk()}
    after = {item.link_id: item for item in new.walk()}
    found: list[Different] = []
    if old.title != new.title:
        found.append(Different("", "title", old.title, new.title, Weight.WORDS))
    for link_id, item in after.items():
        if link_id not in before:
            found.append(Different(link_id, "item", "", item.text or link_id, Weight.MORE))
        else:
            found += _of_item(before[link_id], item)
    found += [
        Different(link_id, "item", item.text or link_id, "", Weight.LESS)
        for link_id, item in before.items()
        if link_id not in after
    ]
    return tuple(found)


def changes_scoring(old: Form, new: Form) -> bool:
    """Whether something is worked out otherwise: by another formula, or from questions that are answered otherwise."""
    read = {name for form in (old, new) for item in form.walk() if item.calculated is not None
            for name in asks_for(item.calculated)[0]}  # fmt: skip
    return any(
        one.what == "calculated" or (one.link_id in read and one.weight is not Weight.WORDS)
        for one in compare(old, new)
    ) or _calculated(old) != _calculated(new)


def _calculated(form: Form) -> set[str]:
    return {item.link_id for item in form.walk() if item.calculated is not None}


def _of_item(old: Item, new: Item) -> Iterator[Different]:
    for name, weight in (("text", Weight.WORDS), ("prefix", Weight.WORDS), ("help", Weight.WORDS),
                         ("entry_format", Weight.WORDS), ("control", Weight.WORDS), ("type", Weight.LESS),
                         ("is_required", Weight.MORE), ("repeats", Weight.LESS), ("is_read_only", Weight.MORE),
                         ("is_hidden", Weight.MORE), ("occurs", Weight.LESS), ("bounds", Weight.LESS),
                         ("conditions", Weight.MORE), ("needs_all", Weight.MORE), ("asked_when", Weight.MORE),
                         ("calculated", Weight.LESS), ("initial", Weight.WORDS), ("units", Weight.LESS),
                         ("prefilled_by", Weight.WORDS), ("is_carried", Weight.WORDS),
                         ("translations", Weight.WORDS)):  # fmt: skip
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Different(
                new.link_id, name.removeprefix("is_").replace("_", " "), _words(before), _words(after), weight
            )
    gone = [one.label for one in old.options if one.value not in [two.value for two in new.options]]
    come = [one.label for one in new.options if one.value not in [two.value for two in old.options]]
    if [one.translations for one in old.options] != [one.translations for one in new.options] and not gone and not come:
        yield Different(new.link_id, "translations of answers", "", _words(new.options), Weight.WORDS)
    if gone or come:
        weight = Weight.LESS if gone else Weight.MORE
        yield Different(new.link_id, "answers", ", ".join(gone), ", ".join(come), weight)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else "" if value in (None, ()) else "another rule"


def next_label(label: str, differences: tuple[Different, ...]) -> str:
    """The semantic version after `label`; 1.0.0 where there was none."""
    if not label:
        return "1.0.0"
    major, minor, patch = (int(part) for part in label.split("."))
    weights = {one.weight for one in differences}
    if Weight.LESS in weights:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if Weight.MORE in weights else f"{major}.{minor}.{patch + 1}"
