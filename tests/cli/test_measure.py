"""`workbench measure`, as scripts meet it: JSON lines in, JSON lines out, an error on its own line and nowhere else."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from workbench.cli import main

AT = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
LINES = pytest.MonkeyPatch


def run(capsys: pytest.CaptureFixture[str], monkeypatch: LINES, command: str, *lines: object) -> list[Any]:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["measure", command], clock=lambda: AT) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_score_is_told_in_the_words_of_the_contract(capsys: pytest.CaptureFixture[str], monkeypatch: LINES) -> None:
    answers = {"1": 0, "2": 1, "3": 2, "4": 2, "5": 1, "6": 2, "7": 2, "8": 1, "9": 1}
    told = run(capsys, monkeypatch, "score", {
        "id": "a", "measure": "PHQ-9", "answers": answers, "context": {"sex": "female", "age": 34},
    })  # fmt: skip
    assert told == [{
        "id": "a", "measure": "PHQ-9", "rule": "phq9@1", "complete": True, "total": 12, "band": "moderate",
        "positive": True,
        "flags": ["item9_positive"], "subscores": {}, "missing": [], "error": None,
    }]  # fmt: skip


def test_without_an_answer_there_is_no_total_and_what_was_answered_still_raises(
    capsys: pytest.CaptureFixture[str], monkeypatch: LINES
) -> None:
    (told,) = run(capsys, monkeypatch, "score", {"id": 7, "measure": "phq9", "answers": {"9": 2, "1": None}})
    assert (told["id"], told["complete"], told["total"], told["band"]) == (7, False, None, None)
    assert told["flags"] == ["item9_positive"]
    assert told["missing"] == list("12345678")


def test_words_skips_and_parts_of_a_point_are_read_and_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: LINES
) -> None:
    screener = {"1": "yes", "2": "no", "3": "NA", "4": "NA", "5": "NA", "6": "no", "6a": "NA"}
    told = run(
        capsys,
        monkeypatch,
        "score",
        {"measure": "C-SSRS", "answers": screener},
        {"measure": "ORS", "answers": {"1": 7.3, "2": 7.3, "3": 7.3, "4": 7.3}, "context": {"age": 40}},
        {"measure": "AUDIT-C", "answers": {"1": 1, "2": 1, "3": 1}, "context": {"sex": None, "shoe_size": 44}},
    )
    assert [(one["total"], one["band"], one["positive"]) for one in told] == [
        (None, "low", True), (29.2, None, False), (3, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ({"measure": "PHQ-10", "answers": {}}, "There is no measure of this name."),
        ({"measure": "PHQ-9", "answers": {"1": 4}}, "PHQ-9, item 1: an answer is from 0 to 3."),
        ({"measure": "GDS-15", "answers": {"1": "ja"}}, "GDS-15, item 1: an answer is yes or no."),
        ({"measure": "AUDIT", "answers": {"9": 1}}, "AUDIT, item 9: an answer is one of 0, 2, 4."),
        ({"measure": "PHQ-9", "answers": {"1": [1]}}, "PHQ-9, item 1: an answer is from 0 to 3."),
        ({"measure": "PHQ-9", "answers": {"height": 1}}, "PHQ-9 has no item height."),
        ({"measure": "PHQ-9", "answers": {"1": True}}, "PHQ-9, item 1: an answer is from 0 to 3."),
        ('{"measure": "PHQ-9", "answers": {"1": NaN}}', "PHQ-9, item 1: an answer is from 0 to 3."),
        ('{"measure": "PHQ-9", "answers": {"1": 1e999999}}', "PHQ-9, item 1: an answer is from 0 to 3."),
        ({"measure": "PHQ-9"}, "“answers” is an object, such as {}."),
        ({"answers": {}}, "“measure” is missing."), ("[1]", "Each line is one JSON object."),
        ("{", "This line is not JSON."),
        ("[" * 100_000, "This line is not JSON."), ("1" * 5_000, "This line is not JSON."),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_scored_says_why_and_the_next_one_is_scored(
    capsys: pytest.CaptureFixture[str], monkeypatch: LINES, line: object, error: str
) -> None:
    whole = {"measure": "PHQ-2", "answers": {"1": 1, "2": 3}}
    told = run(capsys, monkeypatch, "score", line, "", whole)
    assert (told[0]["error"], told[0]["total"], told[0]["complete"]) == (error, None, False)
    assert (told[1]["error"], told[1]["total"], told[1]["positive"]) == (None, 4, True)


def test_a_change_is_told_with_null_where_nobody_published_a_threshold(
    capsys: pytest.CaptureFixture[str], monkeypatch: LINES
) -> None:
    told = run(
        capsys,
        monkeypatch,
        "change",
        {"id": "a", "measure": "PHQ-9", "first": 12, "last": 5},
        {"id": "b", "measure": "ACE", "first": 4, "last": 4},
        {"id": "c", "measure": "PHQ-9", "first": "12", "last": 5},
    )
    assert told[:2] == [
        {"id": "a", "change": -7, "reliable": True, "clinically_meaningful": True, "responded": True,
        "remission": False},
        {"id": "b", "change": 0, "reliable": None, "clinically_meaningful": None, "responded": None, "remission": None},
    ]  # fmt: skip
    assert told[2]["error"] == "“first” is a number."


def test_every_measure_is_listed_with_class_rule_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "list", "--json"], clock=lambda: AT) == 0
    told = {one["measure"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["PHQ-9"]["licence"] == "A"
    assert told["PHQ-9"]["rule"] == "phq9@1"
    assert told["SDQ"]["licence"] == "D"
    assert all(one["source"] and one["rights"] for one in told.values())
    assert main(["measure", "list"], clock=lambda: AT) == 0
    assert "PCL-5" in capsys.readouterr().out
