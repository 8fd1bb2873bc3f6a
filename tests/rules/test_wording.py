"""A message tells nothing to whoever reads over a shoulder: no diagnosis, service, specialty, measure, sum or name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.messaging.wording import (
    DEFAULT,
    DEFAULT_DISPLAY,
    FIELDS,
    TextTells,
    checked_body,
    checked_display,
    findings_in,
    rendered,
    telling,
)

GOOD = "See you {date} at {time}. {link}"
TELLING = [
    "therapy", "Therapist", "counseling", "depression", "anxiety", "PTSD", "psychotherapy", "psychiatry", "PHQ-9",
    "GAD-7",
    "session", "intake", "group", "couples", "mental health", "behavioral", "balance", "you owe", "copay", "Dr. Oak",
    "LCSW", "medication", "eating disorder", "eating  disorder", "self-harm", "rehab", "past due", "invoice",
]  # fmt: skip


def test_what_comes_with_the_product_says_nothing():
    assert findings_in(DEFAULT) == ()
    assert checked_display(DEFAULT_DISPLAY) == DEFAULT_DISPLAY
    assert len(rendered(DEFAULT, dict(FIELDS))) < 300


@pytest.mark.parametrize("word", TELLING)
def test_what_tells_is_found_and_named(word):
    with pytest.raises(TextTells) as told:
        checked_body(f"Your {word} on {{date}} at {{time}}: {{link}}")
    assert "“" in told.value.fields["body"]


@given(st.sampled_from(["therapy", "depression", "counseling", "balance"]), st.data())
def test_no_way_of_writing_it_slips_by(word, data):
    disguise = {
        "capitals": word.upper(), "accents": word.replace("e", "é"), "digits": word.replace("e", "3").replace("o", "0"),
        "spaced": " ".join(word), "dotted": ".".join(word), "unseen": word[:3] + "\u200b" + word[3:],
        "wide": "".join(chr(ord(one) + 0xFEE0) for one in word), "ending": word + "s",
    }  # fmt: skip
    written = data.draw(st.sampled_from(sorted(disguise)))
    around = data.draw(st.sampled_from(["{} now", "see {}!", "({})", "x-{}"]))
    assert telling(around.format(disguise[written])), written


@pytest.mark.parametrize("fine", ["Please drive carefully", "Adress: Oak Street 9", "Grab a coffee", "A dram"])
def test_harmless_words_that_begin_alike_are_left_alone(fine):
    assert telling(fine) == ()


def test_the_names_of_the_practices_own_services_and_people_are_found():
    assert [one.word for one in telling("Meet Rosa Lindqvist", ["Lindqvist", "Sandplay"])] == ["lindqvist"]
    assert telling("Sandplay at ten", ["Lindqvist", "Sandplay"])
    assert telling("nothing of it", ["", "  "]) == ()


@pytest.mark.parametrize(("text", "says"), [
    ("Come at {time}", "{date}"), ("On {date} at {time}", "{link} or {phone}"), (GOOD + " {name}", "no field {name}"),
    (GOOD + " }", "between"), (GOOD + " https://example.test", "No other address"),
    (GOOD + " Reply CANCEL", "takes back"),
    (GOOD + " Reply with C or cancel", "takes back"), (GOOD + "x" * 300, "At most"), (GOOD + " $20", "money"),
])  # fmt: skip
def test_a_flaw_of_its_form_is_told(text, says):
    assert says in " ".join(one.says for one in findings_in(text))


def test_everything_wrong_is_told_at_once():
    with pytest.raises(TextTells) as told:
        checked_body("Your therapy costs $50 {x}")
    assert {one.word for one in told.value.findings} >= {"therap", "$", ""}


@pytest.mark.parametrize("name", ["", "x" * 41, "Oak Counseling", "a, b", 'Oak "Q"', "<b>", "{display}"])
def test_a_sender_that_tells_or_cannot_stand_in_a_message_is_refused(name):
    with pytest.raises(TextTells):
        checked_display(name)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=20)))
def test_a_value_is_never_read_for_fields_again(values):
    text = rendered("{display}|{link}", values)
    assert text == f"{values.get('display', '')}|{values.get('link', '')}"
