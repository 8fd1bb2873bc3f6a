"""The page a form is edited on, and the library it came from."""

from datetime import datetime

import pytest

from dashboards.form_desk import add_forms
from dashboards.pages.form_design import FormDesignPage
from dashboards.pages.form_library import FormLibraryPage
from dashboards.pages.form_response import FormResponsePage
from dashboards.pages.forms import FormsPage
from dashboards.parts.replies import Ask, Deliver, Done, Redraw
from tests.actions.forms.having import DOCUMENT, begun, fill_in, published, take_in
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import open_practice, people
from tests.forms.building import asked, extension
from workbench.actions.forms.sign_form import sign_form
from workbench.actions.forms.take_templates import take_templates
from workbench.forms.designing import NotAnItem
from workbench.forms.expressions import OURS
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.kernel.errors import WorkbenchError
from workbench.screens.forms import forms

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def design_page(gate: Gate, now: datetime) -> FormDesignPage:
    version_id = published(gate, people(), now)
    page = pages.opened(gate, people().manager, now, f"/forms/{version_id}/edit", add_forms)
    assert isinstance(page, FormDesignPage)
    return page


def library_page(gate: Gate, now: datetime, query: str = "") -> FormLibraryPage:
    page = pages.opened(gate, people().manager, now, f"/forms/library{query}", add_forms)
    assert isinstance(page, FormLibraryPage)
    return page


def test_lines_are_added_changed_moved_removed_and_taken_back(gate: Gate, now: datetime) -> None:
    page = design_page(gate, now)
    assert "Try it: nothing is kept" in page.render()
    asks = send(page, "new", id="sleeps")
    assert isinstance(asks, Ask)
    assert "After “Question sleeps”" in asks.html
    assert isinstance(send(page, "add", after="sleeps", kind="choice", text="How deep?", answers="Deep\nLight"), Done)
    page.load()
    assert "How deep?" in page.render()
    change = send(page, "change", id="how_deep")
    assert isinstance(change, Ask)
    assert "Deep\nLight" in change.html
    send(page, "say", id="how_deep", text="How deep is it?", answers="Deep\nLight\nIt varies", when_1_question="sleeps",
         when_1_operator="=", when_1_answer="yes")  # fmt: skip
    page.load()
    assert "How deep is it?" in page.render()
    for do in ("up", "down", "remove"):
        send(page, do, id="how_deep")
        page.load()
    assert "How deep" not in page.render()
    send(page, "back")
    page.load()
    assert "How deep is it?" in page.render()


def test_a_formula_is_checked_with_the_sample_answers_before_it_is_written(gate: Gate, now: datetime) -> None:
    page = design_page(gate, now)
    send(page, "add", kind="integer", text="Twice")
    page.load()
    told = send(page, "check", id="twice", formula="[hours] * 2")
    assert isinstance(told, Ask)
    assert "it is not known; not answered: “Question hours”." in told.html
    send(page, "try", q0="true", q3="4")
    told = send(page, "check", id="twice", formula="[hours] * 2")
    assert isinstance(told, Ask)
    assert "With the sample answers it comes to 8." in told.html
    wrong = send(page, "check", id="twice", formula="hours * 2")
    assert isinstance(wrong, Ask)
    assert "A line is written in square brackets: [hours]." in wrong.html
    circle = send(page, "check", id="hours", formula="[twice]")
    assert isinstance(circle, Ask)
    assert "It comes to" not in circle.html
    emptied = send(page, "check", id="twice", formula=" ")
    assert isinstance(emptied, Ask)
    assert "answered by hand" in emptied.html
    send(page, "say", id="twice", text="Twice", formula="[hours] * 2")
    page.load()
    send(page, "try", q3="4")
    assert "<output>8</output>" in page.render()
    with pytest.raises(WorkbenchError, match="in a circle"):
        send(page, "say", id="hours", text="Hours", formula="[twice]")


def test_limits_sources_and_conditions_are_said_in_the_dialog(gate: Gate, now: datetime) -> None:
    page = design_page(gate, now)
    send(page, "say", id="hours", text="Hours", least="0", most="24", carried="on",
         when_1_question="sleeps", when_1_operator="=", when_1_answer="yes",
         when_2_question="", when_2_operator="=", when_2_answer="",
         when_3_question="helps", when_3_operator="missing", when_3_answer="", needs="any")  # fmt: skip
    page.load()
    dialog = send(page, "change", id="hours")
    assert isinstance(dialog, Ask)
    for part in ('name="most" type="text" value="24"', '<option value="missing" selected>', 'value="on" checked',
                 '<option value="any" selected>', "Last score of PHQ-9"):  # fmt: skip
        assert part in dialog.html
    since = send(page, "change", id="since")
    assert isinstance(since, Ask)
    assert 'name="least" type="date"' in since.html
    with pytest.raises(NotAnItem, match="most is below"):
        send(page, "say", id="hours", text="Hours", least="25", most="24")


def test_the_form_is_looked_at_in_another_language_with_what_is_missing(gate: Gate, now: datetime) -> None:
    take_templates(gate, people().manager, now=now, keys=("emergency-contact",))
    version_id = forms(gate, people().manager, now=now)[0].newest.version_id
    page = pages.opened(gate, people().manager, now, f"/forms/{version_id}/edit", add_forms)
    assert isinstance(send(page, "language", language="es"), Redraw)
    assert "nobody has reviewed it" in page.render()
    assert "A quién podemos llamar" in page.render()
    send(page, "try")
    assert "A quién podemos llamar" in page.render()
    send(page, "add", kind="string", text="Second number")
    page.load()
    drawn = page.render()
    assert "1 not in Spanish" in drawn
    assert '<span lang="en" dir="ltr">Second number</span>' in drawn
    send(page, "language", language="xx")
    assert "Who may be reached" in page.render()
    listed = pages.opened(gate, people().manager, now, "/forms", add_forms)
    look = send(listed, "look", id=version_id)
    assert isinstance(look, Ask)
    assert "Spanish: whole; drafted by a machine, not reviewed." in look.html


def test_a_condition_on_what_is_not_in_the_form_is_shown_and_stays(gate: Gate, now: datetime) -> None:
    asks_nobody = asked("lone", enableWhen=[{"question": "gone", "operator": "exists", "answerBoolean": True}])
    version_id = published(gate, people(), now, {**DOCUMENT, "item": [*DOCUMENT["item"], asks_nobody]})
    page = pages.opened(gate, people().manager, now, f"/forms/{version_id}/edit", add_forms)
    dialog = send(page, "change", id="lone")
    assert isinstance(dialog, Ask)
    assert '<option value="gone" selected>gone, which is not in the form' in dialog.html


def test_what_cannot_be_done_is_told_and_changes_nothing(gate: Gate, now: datetime) -> None:
    page = design_page(gate, now)
    with pytest.raises(NotAnItem, match="two answers at least"):
        send(page, "add", kind="choice", text="How deep?", answers="Deep")
    removed = send(page, "remove", id="sleeps")
    assert isinstance(removed, Done)
    assert "is asked only by an answer to it" in removed.toast
    back = send(page, "back")
    assert isinstance(back, Done)
    assert (back.tone, back.toast) == ("warn", "There is nothing to take back.")
    nothing = send(page, "ask_finish")
    assert isinstance(nothing, Done)
    assert nothing.tone == "warn"


def test_two_windows_do_not_pass_over_each_other(gate: Gate, now: datetime) -> None:
    page = design_page(gate, now)
    other = pages.opened(gate, people().supervisor, now, f"/forms/{page.shown.version_id}/edit", add_forms)  # type: ignore[union-attr]
    send(other, "remove", id="hours")
    told = send(page, "remove", id="helps")
    assert isinstance(told, Done)
    assert "edited in another window" in told.toast
    page.load()
    assert "Question hours" not in page.render()
    assert "Question helps" in page.render()


def test_sample_answers_show_what_hangs_on_them_on_a_phone_too(gate: Gate, now: datetime) -> None:
    page = design_page(gate, now)
    assert "Question since" not in page.render().split("As it is asked")[1]
    assert isinstance(send(page, "view", view="phone"), Redraw)
    assert isinstance(send(page, "try", q0="false"), Redraw)
    drawn = page.render().split("As it is asked")[1]
    assert "Question since" in drawn
    assert "on-a-phone" in drawn
    assert "2 to answer before a signature" in drawn


def test_a_version_is_made_read_given_back_and_published(gate: Gate, now: datetime) -> None:
    page = design_page(gate, now)
    assert isinstance(send(page, "ask_title"), Ask)
    send(page, "title", title="Rest")
    page.load()
    asks = send(page, "ask_finish")
    assert isinstance(asks, Ask)
    assert "<ins>Rest</ins>" in asks.html
    done = send(page, "finish", why="Other word")
    assert isinstance(done, Done)
    assert (done.go, done.toast[:13]) == ("/forms", "Version 1.0.1")
    assert "There is a newer version" in pages.opened(
        gate, people().manager, now, f"/forms/{page.shown.version_id}/edit", add_forms  # type: ignore[union-attr]
    ).render()  # fmt: skip
    listed = pages.opened(gate, people().supervisor, now, "/forms", add_forms)
    assert isinstance(listed, FormsPage)
    version_id = listed.shown[0].newest.version_id
    assert isinstance(send(listed, "ask_review", id=version_id), Done)
    look = send(listed, "look", id=version_id)
    assert isinstance(look, Ask)
    assert "Waits for a reader" in look.html
    assert "Made for: Other word" in look.html
    assert isinstance(send(listed, "ask_give_back", id=version_id), Ask)
    send(listed, "give_back", id=version_id, said="Shorter")
    back = send(listed, "look", id=version_id)
    assert isinstance(back, Ask)
    assert "Shorter" in back.html
    assert send(listed, "publish", id=version_id) == Done("In use from now on")


def test_who_changed_what_is_worked_out_does_not_publish_it(gate: Gate, now: datetime) -> None:
    def formula(said: str) -> dict[str, object]:
        return extension("sdc:calculatedExpression", valueExpression={"language": OURS, "expression": said})

    first = {**DOCUMENT, "item": [*DOCUMENT["item"], asked("sum", "integer", extension=[formula("[hours] + 1")])]}
    again = {**DOCUMENT, "item": [*DOCUMENT["item"], asked("sum", "integer", extension=[formula("[hours] + 2")])]}
    published(gate, people(), now, first)
    template_id = forms(gate, people().manager, now=now)[0].template_id
    version_id = take_in(gate, people(), now, again, template_id=template_id).version_id
    page = pages.opened(gate, people().manager, now, "/forms", add_forms)
    look = send(page, "look", id=version_id)
    assert isinstance(look, Ask)
    assert "Somebody else than its maker" in look.html
    own = send(page, "publish", id=version_id)
    assert isinstance(own, Done)
    assert "Ask somebody else to publish it" in own.toast
    other = pages.opened(gate, people().supervisor, now, "/forms", add_forms)
    assert send(other, "publish", id=version_id) == Done("In use from now on")


def test_the_library_is_looked_through_and_taken_from(gate: Gate, now: datetime) -> None:
    page = library_page(gate, now, "?tab=plan")
    assert "Treatment plan" in page.render()
    assert isinstance(send(page, "tab", tab="nonsense"), Redraw)
    assert "Progress note, SOAP" in page.render()
    send(page, "filter", q="  SAFETY ")
    assert "Safety plan" in page.render()
    assert "SOAP" not in page.render()
    send(page, "filter", q="xyzzy")
    assert "None of this name" in page.render()
    look = send(page, "look", id="safety-plan")
    assert isinstance(look, Ask)
    assert "Stanley and Brown" in look.html
    assert isinstance(send(page, "ask_take", id="safety-plan"), Ask)
    assert send(page, "take", id="safety-plan") == Done("1 template in use")
    again = send(page, "take", id="safety-plan")
    assert isinstance(again, Done)
    assert again.tone == "warn"
    gone = send(page, "ask_take", id="nobody")
    assert isinstance(gone, Done)
    assert gone.tone == "warn"


def test_a_whole_kind_is_taken_without_what_is_off(gate: Gate, now: datetime) -> None:
    page = library_page(gate, now, "?tab=letter")
    assert isinstance(send(page, "ask_take_all"), Ask)
    assert send(page, "take_all") == Done("11 templates in use")
    page.load()
    assert "Take all of this kind" not in page.render()
    asks = send(page, "ask_take", id="letter-animal")
    assert isinstance(asks, Ask)
    assert "read its notice first" in asks.html


def test_an_empty_form_and_a_signed_one_are_handed_out(gate: Gate, now: datetime) -> None:
    response_id = begun(gate, people(), now)
    listed = pages.opened(gate, people().manager, now, "/forms", add_forms)
    assert isinstance(listed, FormsPage)
    blank = send(listed, "blank", id=listed.shown[0].newest.version_id)
    assert isinstance(blank, Deliver)
    assert blank.content.startswith(b"%PDF-")
    fill_in(gate, people(), now, response_id)
    page = pages.opened(gate, people().ada, now, f"/filled/{response_id}", add_forms)
    assert isinstance(page, FormResponsePage)
    draft = send(page, "print")
    assert isinstance(draft, Deliver)
    sign_form(gate, people().ada, response_id, now=now)
    page.load()
    assert "Save as FHIR" in page.render()
    for do, said, media in (
        ("print", {"how": "answers"}, "application/pdf"), ("print", {"how": "large"}, "application/pdf"),
        ("export", {"kind": "json"}, "application/fhir+json"), ("export", {"kind": "csv"}, "text/csv"),
    ):  # fmt: skip
        file = send(page, do, **said)
        assert isinstance(file, Deliver)
        assert file.media_type == media
        assert "Fern" not in file.filename


def test_who_only_supervises_reads_and_prints_and_takes_nothing_out(gate: Gate, now: datetime) -> None:
    response_id = begun(gate, people(), now)
    fill_in(gate, people(), now, response_id)
    sign_form(gate, people().ada, response_id, now=now)
    page = pages.opened(gate, people().supervisor, now, f"/filled/{response_id}", add_forms)
    assert "Save as FHIR" not in page.render()
    assert isinstance(send(page, "print"), Deliver)
    with pytest.raises(NotAllowed):
        send(page, "export", kind="json")
