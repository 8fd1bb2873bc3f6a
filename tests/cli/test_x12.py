"""`workbench x12` and `workbench claim`, as scripts meet them."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from workbench.cli import main

SAMPLES = Path(__file__).parent.parent / "samples" / "x12"
AT = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def run(*arguments: str) -> int:
    return main(list(arguments), clock=lambda: AT)


def read(capsys: pytest.CaptureFixture[str], name: str) -> Any:
    assert run("x12", "read", str(SAMPLES / name), "--json") == 0
    return json.loads(capsys.readouterr().out)["interchanges"][0]["transactions"]


def test_an_835_is_told_in_the_words_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert read(capsys, "remittance.835") == [
        {
            "type": "835", "control": "0001", "method": "ACH", "trace": "EFT-77", "payment_cents": 15000,
            "claims": 2, "charged_cents": 26000, "paid_cents": 17500, "patient_responsibility_cents": 2500,
            "claim_adjustments_cents": 1000, "line_adjustments_cents": 7500, "provider_adjustments_cents": 2500,
            "balanced": True, "problems": [],
        }
    ]  # fmt: skip


def test_an_unbalanced_835_says_where_and_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    told = read(capsys, "unbalanced.835")[0]

    assert told["balanced"] is False
    assert [(one["where"], one["off_by_cents"]) for one in told["problems"]] == [("CLP 1", 1), ("CLP 1 SVC 1", 1)]


def test_a_truncated_835_is_never_balanced(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    whole = (SAMPLES / "remittance.835").read_bytes()
    cut = tmp_path / "cut.835"
    cut.write_bytes(whole[: whole.index(b"GE*1")])

    assert run("x12", "read", str(cut), "--json") == 0
    told = json.loads(capsys.readouterr().out)["interchanges"][0]["transactions"][0]

    assert told["balanced"] is False
    assert [one["where"] for one in told["problems"]] == ["GE", "IEA"]


def test_an_837_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    told = read(capsys, "claim.837")[0]

    assert (told["type"], told["claims"], told["lines"], told["charged_cents"]) == ("837", 1, 1, 16000)


def test_acknowledgements_inquiries_and_unknown_sets_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    told = read(capsys, "answers.x12")

    assert [(one["type"], *[one.get(name) for name in names]) for one, names in zip(told, [
        ("accepted", "rejected"), ("accepted", "rejected"), ("subscribers", "benefits", "rejections"), ("segments",),
    ], strict=True)] == [("999", 1, 1), ("277", 1, 1), ("271", 1, 2, 1), ("820", 3)]  # fmt: skip


def test_check_is_silent_about_a_good_file_and_loud_about_a_bad_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("x12", "check", str(SAMPLES / "remittance.835")) == 0
    assert capsys.readouterr().out == "No problems.\n"
    assert run("x12", "check", str(SAMPLES / "unbalanced.835")) == 1
    assert "CLP 1 SVC 1" in capsys.readouterr().out


@pytest.mark.parametrize(("content", "says"), [(b"hello", "This is not an X12 file"), (None, "There is no file")])
def test_what_cannot_be_read_is_one_plain_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None, says: str
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)

    assert run("x12", "read", str(file)) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.startswith(says)


@pytest.mark.parametrize("arguments", [[], ["x12"], ["x12", "read"], ["nonsense"]])
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(*arguments)
    assert left.value.code == 2


def test_python_m_workbench_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "x12", "check", str(SAMPLES / "remittance.835")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "No problems.\n", "")


def documented() -> dict[str, Any]:
    """The example of docs/claim-json.md, so that the page cannot grow wrong."""
    page = (Path(__file__).parent.parent.parent / "docs" / "claim-json.md").read_text()
    example: dict[str, Any] = json.loads(page.split("```json")[1].split("```")[0])
    return example


def test_the_documented_claim_is_written(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(documented()))

    assert run("claim", "write", str(file)) == 0
    assert capfdbinary.readouterr().out == (SAMPLES / "claim.837").read_bytes()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"charged_cents": 1}, "by 15999 cents"),
        ({"diagnoses": ["F41.1"]}, "with a dot"),
        ({"colour": "blue"}, "colour"),
        ({"lines": []}, "one to 50 lines"),
        ({"rendering": {"last_name": "A", "first_name": "B", "npi": "2000000011"}}, "check digit"),
        ({"frequency": "7"}, "number of the first claim"),
    ],
)
def test_a_claim_that_cannot_be_sent_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(documented() | change))

    assert run("claim", "write", str(file)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert says in told.err
