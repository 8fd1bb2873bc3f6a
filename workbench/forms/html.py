"""A form as HTML: one markup for the pages of staff and for the portal, usable by keyboard and read aloud as it looks.

Only what is asked is drawn. Choices are real groups of radio buttons or boxes with a legend, a matrix is a row of them
each, errors are tied to their field. Every text goes in as text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from workbench.forms.asking import Asked, same
from workbench.forms.filling import Layout, Path, Step
from workbench.forms.questionnaire import HELP, Answer, Coding, Item, ItemType, answer_words
from workbench.forms.translating import in_language
from workbench.forms.words import ENGLISH, day_words, direction, instant_words, say

_INPUTS: Final[Mapping[ItemType, tuple[str, str]]] = {
    ItemType.STRING: ("text", ""), ItemType.URL: ("url", ""), ItemType.REFERENCE: ("text", ""),
    ItemType.INTEGER: ("text", "numeric"), ItemType.DECIMAL: ("text", "decimal"), ItemType.QUANTITY: ("text",
    "decimal"),
    ItemType.DATE: ("date", ""), ItemType.TIME: ("time", ""), ItemType.DATE_TIME: ("datetime-local", ""),
    ItemType.OPEN_CHOICE: ("text", ""), ItemType.CHOICE: ("text", ""),
}  # fmt: skip
# With a last year of four digits a browser goes on to the hour after four of them, so a day is typed without a pause.
_LAST_DAYS: Final = {"date": "9999-12-31", "datetime-local": "9999-12-31T23:59"}
_LONG_LIST: Final = 12
"""From so many choices on they are a list to open, unless the form wants otherwise."""
_LONG_WORDS: Final = 12
"""Letters from which on a choice needs more room than a number does."""
_YES_NO: Final = (("true", "Yes"), ("false", "No"))


@dataclass(frozen=True)
class Drawing:
    """One form while it is drawn. problems: what is wrong, by place. is_locked: to be read only.

    marks_optional: where nothing at all is required, to say so at every question is noise. marks: what is said beside
    an answer, such as where it came from. language: of what is said around the questions. only: the places that are
    drawn, where not all of them are.
    """

    layout: Layout
    found: Asked
    problems: Mapping[Path, str]
    is_locked: bool = False
    marks_optional: bool = True
    marks: Mapping[Path, str] = field(default_factory=dict)
    language: str = ENGLISH
    only: frozenset[Path] | None = None

    def draws(self, place: Path) -> bool:
        """Whether what stands at a place is drawn."""
        return self.found.is_asked(place) and (self.only is None or place in self.only)

    def say(self, english: str) -> str:
        """A text of ours as it is read here."""
        return say(self.language, english)


def form_html(
    layout: Layout,
    found: Asked,
    problems: Mapping[Path, str],
    *,
    is_locked: bool = False,
    marks: Mapping[Path, str] | None = None,
    language: str = "",
    only: frozenset[Path] | None = None,
    items: tuple[Item, ...] | None = None,
    level: int = 3,
) -> Markup:
    """The fields of a form, for a page to put into its form element.

    language: in which it is read; what it is not translated into stays in its own. only: the places that are drawn.
    items: those of the first level that the page has, where it shows a part; None is all. level: of its headings.
    """
    is_any_required = any(item.is_required for item in layout.form.walk())
    drawing = Drawing(layout, found, problems, is_locked, is_any_required, marks or {}, language or ENGLISH, only)
    wanted = {item.link_id for item in (layout.form.items if items is None else items)}
    shown = tuple(item for item in in_language(layout.form, language).items if item.link_id in wanted)
    drawn = Markup("").join(_items(drawing, shown, (), level))
    if not language:
        return drawn
    return Markup('<div class="measure-form" lang="{}" dir="{}">{}</div>').format(language, direction(language), drawn)


def _items(drawing: Drawing, items: tuple[Item, ...], around: Path, level: int) -> Iterator[Markup]:
    for item in items:
        if item.is_hidden:
            continue
        if item.type is ItemType.GROUP and item.repeats:
            yield from _copies(drawing, item, around, level)
        elif drawing.found.is_asked((*around, Step(item.link_id))):
            # A group is drawn for what is in it, and a question for itself or for what stands under it.
            yield _item(drawing, item, around, level)


def _item(drawing: Drawing, item: Item, around: Path, level: int) -> Markup:
    # What helps with a question is its hint already.
    under = tuple(one for one in item.items if not (item.is_question and one.control in HELP))
    inner = Markup("").join(_items(drawing, under, around, min(level + 1, 6)))
    place = (*around, Step(item.link_id))
    if item.type is ItemType.GROUP:
        return _group(item, inner, level) if inner or drawing.only is None else inner
    if not drawing.draws(place):
        return inner
    if item.type is ItemType.DISPLAY:
        return Markup('<p class="form-words">{}</p>').format(_words(item)) + inner
    return _question(drawing, item, place) + (Markup('<div class="form-under">{}</div>').format(inner) if inner else "")


def _group(item: Item, inner: Markup, level: int) -> Markup:
    if not item.text:
        return inner
    heading = Markup("<h{0}>{1}</h{0}>").format(level, _words(item))
    return Markup('<section class="form-group{}">{}{}</section>').format(
        " form-matrix" if item.control in ("gtable", "matrix", "table") else "", heading, inner
    )


def _copies(drawing: Drawing, item: Item, around: Path, level: int) -> Iterator[Markup]:
    """Each copy of a group that repeats, numbered, so that two of them can be told apart when read aloud."""
    layout = drawing.layout
    count = layout.copies(item.link_id, around, drawing.found.answers)
    for nth in range(count):
        inner = Markup("").join(_items(drawing, item.items, (*around, Step(item.link_id, nth)), min(level + 1, 6)))
        if inner:
            which = Markup(" <small>{}</small>").format(drawing.say(f"{nth + 1} of {count}")) if count > 1 else ""
            yield Markup('<section class="form-group form-copy"><h{0}>{1}{2}</h{0}>{3}</section>').format(
                level, _words(item) or drawing.say("Entry"), which, inner
            )


def _question(drawing: Drawing, item: Item, place: Path) -> Markup:
    name, answers = drawing.layout.field(place), drawing.found.answers.get(place, ())
    if drawing.is_locked or item.is_read_only or item.calculated is not None:
        shown = Markup("<br>").join(read_out(item, one, drawing.language) for one in answers) or "–"
        return Markup(
            '<div class="field form-said"><span class="form-label">{}</span><output>{}</output></div>'
        ).format(_words(item), shown)
    problem, beside = drawing.say(drawing.problems.get(place, "")), _beside(drawing, item, place)
    choices = _choices(drawing, item)
    if choices and (item.repeats or len(choices) < _LONG_LIST or item.control in ("radio-button", "check-box")):
        return _choice_group(drawing, item, name, answers, choices, problem, beside)
    return _labelled(drawing, item, name, _control(item, name, answers, choices, problem), problem, beside)


def _choices(drawing: Drawing, item: Item) -> tuple[tuple[str, str], ...]:
    if item.type is ItemType.BOOLEAN:
        return tuple((key, drawing.say(words)) for key, words in _YES_NO)
    return tuple((str(place), option.label) for place, option in enumerate(item.options))


def _chosen(item: Item, answers: tuple[Answer, ...]) -> frozenset[str]:
    """The keys of the choices that were made."""
    if item.type is ItemType.BOOLEAN:
        return frozenset("true" if one is True else "false" for one in answers)
    return frozenset(str(place) for place, option in enumerate(item.options) if option.value in answers)


def _choice_group(
    drawing: Drawing,
    item: Item,
    name: str,
    answers: tuple[Answer, ...],
    choices: tuple[tuple[str, str], ...],
    problem: str,
    beside: Markup,
) -> Markup:
    kind, chosen = ("checkbox" if item.repeats else "radio"), _chosen(item, answers)
    boxes = Markup("").join(
        Markup('<label><input type="{}" name="{}" value="{}"{}{}><span>{}</span></label>').format(
            kind, name, key, Markup(" checked") if key in chosen else "",
            Markup(" required") if item.is_required and not item.repeats else "", words,
        )
        for key, words in choices
    )  # fmt: skip
    own = _own_answer(drawing, item, name, answers) if item.type is ItemType.OPEN_CHOICE else Markup("")
    return Markup(
        '<fieldset class="field radios form-choice{8}" id="{0}" data-key="field-{0}"{1}{9}><legend>{2}{3}</legend>'
        '<div>{4}</div>{5}{6}{7}</fieldset>'
    ).format(
        name, _described(item, name, problem), _words(item), beside, boxes, own, _hint(drawing, item, name),
        _error(name, problem), " is-long" if any(len(words) > _LONG_WORDS for _, words in choices) else "",
        Markup(' tabindex="-1"') if problem else "",
    )  # fmt: skip


def _own_answer(drawing: Drawing, item: Item, name: str, answers: tuple[Answer, ...]) -> Markup:
    own = next(
        (one for one in answers if isinstance(one, str) and one not in [option.value for option in item.options]), ""
    )
    return Markup('<label class="form-own"><span>{}</span><input type="text" name="{}.own" value="{}"></label>').format(
        drawing.say("Something else"), name, own
    )


def _control(
    item: Item, name: str, answers: tuple[Answer, ...], choices: tuple[tuple[str, str], ...], problem: str
) -> Markup:
    required = Markup(" required") if item.is_required else ""
    told = _described(item, name, problem)
    if choices:
        chosen = _chosen(item, answers)
        options = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(key, Markup(" selected") if key in chosen else "", words)
            for key, words in choices
        )
        return Markup(
            '<span class="select"><select id="{0}" name="{0}"{1}{2}><option value="">–</option>{3}</select></span>'
        ).format(name, required, told, options)
    text = "\n".join(answer_words(one) for one in answers)
    if item.type is ItemType.TEXT or item.repeats:
        return Markup('<textarea id="{0}" name="{0}" rows="4"{1}{2}>\n{3}</textarea>').format(
            name, required, told, text
        )
    kind, mode = _INPUTS.get(item.type, ("text", ""))
    longest = Markup(' maxlength="{}"').format(item.bounds.max_length) if item.bounds.max_length else Markup("")
    longest += Markup(' max="{}"').format(_LAST_DAYS[kind]) if kind in _LAST_DAYS else Markup("")
    return Markup('<input id="{0}" name="{0}" type="{1}" value="{2}"{3}{4}{5}{6}>').format(
        name, kind, text, Markup(' inputmode="{}"').format(mode) if mode else "", longest, required, told
    )


def _labelled(drawing: Drawing, item: Item, name: str, control: Markup, problem: str, beside: Markup) -> Markup:
    return Markup('<div class="field" data-key="field-{0}"><label for="{0}">{1}{2}</label>{3}{4}{5}</div>').format(
        name, _words(item), beside, control, _hint(drawing, item, name), _error(name, problem)
    )


def _words(item: Item) -> str:
    said = f"{item.prefix} {item.text}".strip() or item.link_id
    return Markup('<span lang="{}" dir="{}">{}</span>').format(item.spoken, direction(item.spoken), said) if (
        item.spoken) else said  # fmt: skip


def _beside(drawing: Drawing, item: Item, place: Path) -> Markup:
    """What stands beside the question: that it may be left out, and where its answer came from."""
    is_optional = drawing.marks_optional and not item.is_required
    said = Markup('<span class="optional">{}</span>').format(drawing.say("Optional")) if is_optional else Markup("")
    mark = drawing.marks.get(place)
    return said + (Markup('<span class="form-mark">{}</span>').format(drawing.say(mark)) if mark else Markup(""))


def _hint(drawing: Drawing, item: Item, name: str) -> Markup:
    words = " ".join(part for part in (item.help, item.entry_format, drawing.say(_unit(item))) if part)
    return Markup('<p class="field-hint" id="{}-hint">{}</p>').format(name, words) if words else Markup("")


def _unit(item: Item) -> str:
    return f"in {', '.join(one.display or one.code for one in item.units)}" if item.units else ""


def _error(name: str, problem: str) -> Markup:
    return Markup('<p class="field-error" id="{}-error"{}>{}</p>').format(
        name, "" if problem else Markup(" hidden"), problem
    )


def _described(item: Item, name: str, problem: str) -> Markup:
    ids = [f"{name}-hint"] * bool(item.help or item.entry_format or item.units) + [f"{name}-error"] * bool(problem)
    wrong = Markup(' aria-invalid="true"') if problem else ""
    return (Markup(' aria-describedby="{}"').format(" ".join(ids)) if ids else Markup("")) + wrong


def read_out(item: Item, answer: Answer, language: str = ENGLISH) -> str:
    """An answer that is only read: a whole day, or a day with its time, as people write it."""
    words = answer_words(answer)
    if isinstance(answer, Coding):
        return next((one.shown for one in item.options if one.shown and same(one.value, answer)), words)
    if isinstance(answer, bool):
        return say(language, words)
    if item.type is ItemType.DATE and len(words) == len("2026-03-09"):
        return day_words(language, date.fromisoformat(words))
    if item.type is ItemType.DATE_TIME and len(words) >= len("2026-03-09T14:30"):
        return instant_words(language, datetime.fromisoformat(words))
    return words
