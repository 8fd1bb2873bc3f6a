"""The library: all templates of the list, in our own words, read without a warning, each with what its kind needs."""

import re
from datetime import date

import pytest

from tests.forms.building import taken
from workbench.forms.library import (
    Kind,
    Mark,
    NoSuchTemplate,
    Signer,
    Template,
    template_named,
    templates,
)
from workbench.forms.prefill import wanted
from workbench.forms.questionnaire import MOST_ON_A_PAGE, Form
from workbench.measures.catalogue import measure_named

EVERY = tuple(templates().values())
ANY = pytest.mark.parametrize("template", EVERY, ids=lambda one: one.key)


def form_of(template: Template) -> Form:
    return taken(template.questionnaire()).form


def test_there_are_all_132_numbered_once() -> None:
    assert [one.number for one in EVERY] == list(range(1, 133))
    counts = {kind: sum(one.kind is kind for one in EVERY) for kind in Kind}
    assert counts == {Kind.PROGRESS: 38, Kind.ASSESSMENT: 19, Kind.PLAN: 12, Kind.CONTACT: 19, Kind.LETTER: 12,
                      Kind.CONSENT: 32}  # fmt: skip


@ANY
def test_each_is_read_without_a_warning_and_fits_on_a_page(template: Template) -> None:
    form = form_of(template)
    assert form.warnings == ()
    assert sum(item.is_question for item in form.walk()) <= MOST_ON_A_PAGE
    assert any(item.is_required for item in form.walk()), "nothing of it has to be answered"
    assert template.source
    assert template.reviewed < template.review_by
    assert re.fullmatch(r"\d+\.\d+\.\d+", template.version)


@ANY
def test_each_asks_the_record_only_for_what_there_is(template: Template) -> None:
    asked = wanted(form_of(template).walk())
    for name in asked.measures:
        measure_named(name)
    for key, link_id in asked.answers:
        assert link_id in {item.link_id for item in form_of(template_named(key)).walk()}


def test_a_session_has_head_risk_thread_next_steps_and_both_signatures() -> None:
    for one in EVERY:
        if Mark.BILLABLE not in one.marks:
            continue
        required = {item.link_id for item in form_of(one).walk() if item.is_required}
        assert {"served_on", "began", "ended", "place", "suicidal", "risk_level"} <= required, one.key
        assert one.signers[0] in (Signer.CLINICIAN, Signer.PRESCRIBER)
        if one.kind is Kind.PROGRESS:
            assert {"objectives", "interventions", "response", "progress", "necessity", "next_steps"} <= required, (
                one.key
            )


def test_risk_mental_status_response_and_times_are_never_carried_forward() -> None:
    blocks = {"risk", "mental"}
    for one in EVERY:
        for group in form_of(one).walk():
            for item in group.walk():
                if item.is_carried:
                    assert group.link_id not in blocks, one.key
                    assert item.link_id not in {"response", "began", "ended", "minutes", "served_on"}, one.key


def test_no_mental_status_is_answered_before_somebody_looked() -> None:
    for one in EVERY:
        for item in form_of(one).walk():
            if item.link_id.startswith("ms_"):
                assert not item.initial
                assert not item.prefilled_by


def test_nothing_of_a_psychotherapy_note_is_among_them() -> None:
    """45 CFR 164.501: they are kept apart, so no template of the chart is one; the release for them stands alone."""
    assert Mark.ALONE in template_named("release-psychotherapy-notes").marks
    assert not [
        one.key for one in EVERY if "psychotherapy note" in one.title.casefold() and one.kind is not Kind.CONSENT
    ]


def test_the_safety_plan_has_the_six_steps_and_988() -> None:
    keys = [item.link_id for item in form_of(template_named("safety-plan")).walk() if item.is_required]
    assert keys == ["dated", "sp_signs", "sp_alone", "sp_distract", "sp_helper", "sp_helper_phone", "sp_pro",
                    "sp_pro_phone", "sp_988", "sp_surroundings"]  # fmt: skip


@pytest.mark.parametrize("key", ["release", "release-psychotherapy-notes"])
def test_a_release_has_every_element_of_the_regulation(key: str) -> None:
    """45 CFR 164.508(c): what, from, to, purpose, expiry, signature and date, revocation, condition, redisclosure."""
    form = form_of(template_named(key))
    required = {item.link_id for item in form.walk() if item.is_required}
    assert {"ro_from", "ro_to", "ro_what", "ro_why", "ro_until"} <= required or {
        "rp_from", "rp_to", "rp_which", "rp_why", "rp_until"} <= required  # fmt: skip
    assert {"signer", "signer_name", "authority", "signed_on"} <= required
    said = " ".join(item.text for item in form.walk())
    assert "take this back" in said
    assert "do not depend on your signature" in said
    assert "may pass it on" in said


@ANY
def test_a_practice_reads_its_own_word_and_keeps_the_same_codes(template: Template) -> None:
    ours, theirs = taken(template.questionnaire("patient")).form, form_of(template)
    said = [ours.title, *(text for item in ours.walk()
            for text in (item.text, item.entry_format, *(one.label for one in item.options)))]  # fmt: skip
    assert not [text for text in said if "client" in text.casefold() or "{" in text]
    codes = [
        [getattr(one.value, "code", "") for item in form.walk() for one in item.options] for form in (ours, theirs)
    ]
    assert codes[0] == codes[1]
    assert [item.link_id for item in ours.walk()] == [item.link_id for item in theirs.walk()]


def test_what_the_library_does_not_have_is_told() -> None:
    with pytest.raises(NoSuchTemplate):
        template_named("nobody")


def test_reviews_come_within_two_years() -> None:
    for one in EVERY:
        assert (one.review_by - one.reviewed).days <= 731
        assert one.reviewed >= date(2026, 1, 1)
