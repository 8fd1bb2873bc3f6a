"""A form while it is edited: its lines, how it would be asked, and how it behaves with sample answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import asked
from workbench.forms.comparing import Different, changes_scoring, compare
from workbench.forms.designing import MADE_BY_HAND, Hangs, Limits, Line, NotAnItem, changed, item_at, line_of
from workbench.forms.documents import Refused
from workbench.forms.editing import edits_of
from workbench.forms.filling import Step
from workbench.forms.html import form_html
from workbench.forms.line_conditions import MOST as MOST_CONDITIONS
from workbench.forms.line_conditions import OPERATORS
from workbench.forms.line_limits import OWN_PATTERN, PATTERNS, WITH_LENGTH, WITH_SIZE
from workbench.forms.line_sources import FROM_THE_RECORD, WORKED_OUT
from workbench.forms.prefill import PATHS, says
from workbench.forms.questionnaire import Form, ItemType, answer_words
from workbench.forms.reading_fields import read_fields
from workbench.forms.signing import laid_out, layout_of
from workbench.forms.tables import FormTemplate, FormVersion
from workbench.forms.translating import InLanguage, in_languages
from workbench.forms.versions import newest_version, published_version
from workbench.formula.syntax import asks_for
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.errors import sentence
from workbench.measures.catalogue import measures

__all__ = [
    "FROM_THE_RECORD",
    "MADE_BY_HAND",
    "MOST_CONDITIONS",
    "OPERATORS",
    "OWN_PATTERN",
    "PATTERNS",
    "WITH_LENGTH",
    "WITH_SIZE",
    "WORKED_OUT",
    "DesignedForm",
    "DesignedLine",
    "FormTrial",
    "FormulaTrial",
    "Hangs",
    "ItemType",
    "Limits",
    "Line",
    "design_line",
    "form_design",
    "form_trial",
    "formula_trial",
    "record_paths",
]  # fmt: skip


@dataclass(frozen=True)
class DesignedLine:
    """One line of the form. depth: how far under others it stands, 0 is the top. notes: what else holds for it."""

    link_id: str
    depth: int
    kind: ItemType
    text: str
    is_required: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class DesignedForm:
    """The form after its steps. number: of the last step. is_newest: whether it is edited, or a later version is.

    differences: from the version the editing began with. needs_second: what is worked out differs from what is in use.
    """

    version_id: str
    template_id: str
    title: str
    label: str
    number: int
    may_go_back: bool
    is_newest: bool
    lines: tuple[DesignedLine, ...]
    fields: Markup
    differences: tuple[Different, ...]
    needs_second: bool
    languages: tuple[InLanguage, ...]


@dataclass(frozen=True)
class FormTrial:
    """The form with sample answers. problems: what a signature would still need, by field. Nothing of it is kept."""

    fields: Markup
    problems: int


@dataclass(frozen=True)
class FormulaTrial:
    """What a formula comes to with sample answers, in words. is_wrong: it is none, and the words say why."""

    words: str
    is_wrong: bool = False


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN, on=FormVersion)
def form_design(look: Look, version: FormVersion, *, language: str = "") -> DesignedForm:
    """A version as it stands after every step that was taken on it. language: in which its fields are read."""
    edits = edits_of(look, version)
    layout, newest = laid_out(edits.document), newest_version(look, version.template_id)
    used = published_version(look, version.template_id)
    return DesignedForm(
        version_id=version.id,
        template_id=version.template_id,
        title=layout.form.title or look.get(FormTemplate, version.template_id).title,
        label=version.label,
        number=edits.number,
        may_go_back=edits.last_standing > 0,
        is_newest=newest is not None and newest.id == version.id,
        lines=tuple(_lines(edits.document, layout.form, 0)),
        fields=form_html(layout, asked(layout, {}, today=look.today), {}, language=language),
        differences=compare(layout_of(version).form, layout.form),
        needs_second=used is not None and changes_scoring(layout_of(used).form, layout.form),
        languages=in_languages(layout.form),
    )


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN, on=FormVersion)
def design_line(look: Look, version: FormVersion, *, link_id: str) -> Line:
    """One line as it would be typed.

    Raises:
        ItemGone.
    """
    return line_of(item_at(edits_of(look, version).document, link_id))


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN, on=FormVersion)
def form_trial(
    look: Look, version: FormVersion, *, values: Mapping[str, tuple[str, ...]], language: str = ""
) -> FormTrial:
    """values: the fields of the page, by name, as somebody tried them. language: in which they are read."""
    layout = laid_out(edits_of(look, version).document, has_spare=True)
    read = read_fields(layout, values)
    found = asked(layout, read.answers, today=look.today)
    wrong = {layout.path_of(name): said for name, said in read.problems.items()}
    problems = {**missing_and_wrong(layout, found), **wrong}
    return FormTrial(form_html(layout, found, {**wrong}, language=language), len(problems))


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN, on=FormVersion)
def formula_trial(
    look: Look, version: FormVersion, *, link_id: str, formula: str, values: Mapping[str, tuple[str, ...]]
) -> FormulaTrial:
    """A formula of one line before it is written. values: sample answers, by the name of their field.

    Raises:
        ItemGone.
    """
    document = edits_of(look, version).document
    line = line_of(item_at(document, link_id))
    if not formula.strip():
        return FormulaTrial("Without a formula it is answered by hand.")
    try:
        layout = laid_out(changed(document, link_id, replace(line, formula=formula)))
    except (NotAnItem, Refused) as refused:
        return FormulaTrial(sentence(refused), is_wrong=True)
    found = asked(layout, read_fields(layout, values).answers, today=look.today)
    told = found.answers.get((Step(link_id),), ())
    if told:
        return FormulaTrial(f"With the sample answers it comes to {answer_words(told[0])}.")
    item = layout.items[link_id]
    assert item.calculated is not None
    unknown = [layout.items[one].text or one for one in layout.items if one in asks_for(item.calculated)[0]
               and not found.answers.get((Step(one),))]  # fmt: skip
    why = f"; not answered: {', '.join(f'“{one[:60]}”' for one in unknown[:5])}" if unknown else ""
    return FormulaTrial(f"With the sample answers it is not known{why}.")


def record_paths(current: str = "") -> tuple[tuple[str, str], ...]:
    """What a line may be filled in with from the record: each path with its words. current: the one it has now."""
    scores = {f"score.{key.partition('@')[0]}": f"Last score of {one.measure}" for key, one in measures().items()}
    told = {**PATHS, **scores}
    if current and current not in told:
        told[current] = says(current)
    return tuple(told.items())


def _lines(document: Mapping[str, Any], form: Form, depth: int) -> Iterator[DesignedLine]:
    items = {item.link_id: item for item in form.walk()}
    for one in document.get("item", ()):
        item = items.get(str(one.get("linkId", "")))
        if item is not None:
            notes = (
                *(["repeats"] if item.repeats else []), *(["only if"] if item.conditions else []),
                *(["worked out"] if item.calculated is not None else []),
                *(["from the record"] if item.prefilled_by else []), *(["carried forward"] if item.is_carried else []),
                *([f"{len(item.options)} answers"] if item.options else []),
            )  # fmt: skip
            yield DesignedLine(item.link_id, depth, item.type, item.text, item.is_required, notes)
        yield from _lines(one, form, depth + 1)
