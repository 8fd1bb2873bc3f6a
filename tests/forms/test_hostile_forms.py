"""Files that are broken or mean no good are refused soon, with the place, and without filling the memory."""

import json
import time
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.building import asked, chosen, extension, questionnaire, when
from workbench.forms.documents import LARGEST, Refused
from workbench.forms.importing import import_form
from workbench.forms.patterns import keeps_to, unsafe


def nested(levels: int) -> dict[str, Any]:
    item = asked(f"q{levels}")
    for level in range(levels - 1, 0, -1):
        item = asked(f"g{level}", "group", item=[item])
    return item


def looped(*pairs: tuple[str, str]) -> dict[str, Any]:
    return questionnaire(*[asked(a, enableWhen=[when(b, "exists", answerBoolean=True)]) for a, b in pairs])


FORMULA = {"language": "text/x-workbench-formula", "expression": "[b] + 1"}
WRONG: list[tuple[object, str]] = [
    (b"", "Line 1, column 1: this is not JSON"), (b"{", "Line 1"), (b'{"a": 1,}', "Line 1"), (b"\xff\xfe", "Byte 1"),
    (b"[]", "not a JSON object"), (b'{"a": NaN}', "NaN is no number"), (b'{"a": 1, "a": 2}', "“a” is said twice"),
    (b'{"a": ' + b"1" * 5_000 + b"}", "more digits"), (b'{"a": 0.' + b"1" * 5_000 + b"}", "more digits"),
    (b"[" * 100_000, "nested deeper"), (b'{"a":' * 200 + b"1" + b"}" * 200, "nested deeper"),
    (b"x" * (LARGEST + 1), "larger than 5 MB"),
    ({"resourceType": "Patient"}, "The file is a Patient"), ({}, "no FHIR resource"),
    (questionnaire(), "item: a questionnaire"),
    ({**questionnaire(), "item": {}}, "item: this is a list"),
    ({**questionnaire(), "item": ["a"]}, r"item\[0\]: this is an object"),
    (questionnaire({"type": "string"}), r"item\[0\]: an item needs a linkId"),
    (questionnaire({"linkId": 5, "type": "string"}), "linkId: this is a text"),
    (questionnaire(asked("a", "colour")), r"item\[0\].type: “colour” is no type"),
    (questionnaire({"linkId": "a"}), "is no type"),
    (questionnaire(asked("a", required="yes")), "required: this is true or false"),
    (questionnaire(asked("a", maxLength="9")), "maxLength: this is a whole"),
    (questionnaire(asked("a", enableWhen=[{"operator": "="}])), r"enableWhen\[0\]: a condition needs the question"),
    (questionnaire(asked("a", enableWhen=[when("b", "~", answerString="x")])), "“~” is no operator"),
    (questionnaire(asked("a", enableWhen=[when("b", "=")])), "needs the answer"),
    (questionnaire(asked("a", enableWhen=[when("b", "exists", answerString="x")])), "true or false"),
    (questionnaire(asked("a", enableWhen=[when("b", "=", answerString="x", answerInteger=1)])), "only one value"),
    (questionnaire(asked("a", initial=[{"valueDate": "09/03/2026"}])), "not a date of FHIR"),
    (questionnaire(asked("a", initial=[{"valueTime": "25:00:00"}])), "not a time of FHIR"),
    (looped(("a", "a")), "a → a"), (looped(("a", "b"), ("b", "c"), ("c", "a")), "in a circle"),
    (questionnaire(asked("g", "group", enableWhen=[when("a", "exists", answerBoolean=True)], item=[asked("a")])),
    "in a circle"),
    (questionnaire(asked("b", "integer", extension=[extension("sdc:calculatedExpression", valueExpression=FORMULA)])),
    "b → b"),
    (questionnaire(nested(13)), "at most 12 levels"),
    (questionnaire(*[asked(str(n)) for n in range(2_001)]), "at most 2,000 items"),
    (questionnaire(chosen("a", *map(str, range(501)))), "at most 500 answers"),
    (questionnaire(asked("a", prefix="x" * 70_000)), "at most 65,536"),
    (questionnaire(asked("a", text="<script>alert(1)</script>")), r"item\[0\].text: it holds a script"),
    (questionnaire(asked("a"), text={"div": "<div><img src=x onerror=alert(1)></div>"}), "text.div: it holds a script"),
    (questionnaire(asked("a"), url="javascript:alert(1)"), "url: it holds a script"),
    (questionnaire(asked("a", extension=[{"url": "x", "valueExpression": {"language": "application/javascript"}}])),
    "holds a script"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "words"), WRONG)
def test_what_is_broken_or_hostile_is_refused_with_the_place(document: object, words: str) -> None:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(Refused, match=words):
        import_form(data)


def test_what_is_just_within_the_limits_is_taken() -> None:
    import_form(json.dumps(questionnaire(nested(12))).encode())
    import_form(json.dumps(questionnaire(*[asked(str(n)) for n in range(2_000)])).encode())
    import_form(json.dumps(questionnaire(chosen("a", *map(str, range(500))))).encode())


BOMBS = {
    "empty lists": b'{"a":[' + b"[]," * 1_500_000 + b"[]]}",
    "angle brackets": json.dumps(questionnaire(asked("a", more="<" * 4_000_000))).encode(),
    "almost handlers": json.dumps(questionnaire(asked("a", more="<a on" * 800_000))).encode(),
    "conditions": json.dumps(questionnaire(*[
        asked(str(n), enableWhen=[when(str(m), "exists", answerBoolean=True) for m in range(max(0, n - 20), n)])
        for n in range(1_900)])).encode(),
    "formulas": json.dumps(questionnaire(*[
        asked(str(n), "integer", extension=[extension("sdc:calculatedExpression", valueExpression={
            "language": "text/x-workbench-formula",
            "expression": "+".join(["1"] * 400)})]) for n in range(1_500)])).encode(),
    "references": json.dumps(questionnaire(asked("a"), contained=[
        {"resourceType": "ValueSet", "id": str(n),
        "compose": {"include": [{"system": "s"}]}} for n in range(50_000)])).encode(),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_within_two_seconds_and_300_megabytes(bomb: str) -> None:
    assert len(BOMBS[bomb]) <= LARGEST
    # Seconds of this process, which do not hang on what else the machine does; memory apart, because tracing slows.
    began = time.process_time()
    with suppress(Refused):
        import_form(BOMBS[bomb])
    assert time.process_time() - began < 2
    tracemalloc.start()
    with suppress(Refused):
        import_form(BOMBS[bomb])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * 1024 * 1024


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){20}", "a*a*a*a*a*b", "((a?){30}){30}"])
def test_a_pattern_made_to_run_for_ever_does_not(pattern: str) -> None:
    began = time.process_time()
    if not unsafe(pattern):
        keeps_to(pattern, "a" * 60_000 + "!")
    assert time.process_time() - began < 1


@given(st.binary(max_size=200))
def test_every_file_is_taken_or_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        import_form(data)
