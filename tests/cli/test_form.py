"""`workbench form`, as scripts meet it."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.forms.building import asked, questionnaire
from workbench.cli import main
from workbench.forms.documents import digest

AT = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def file_of(tmp_path: Path, document: object) -> str:
    path = tmp_path / "form.json"
    path.write_text(json.dumps(document))
    return str(path)


def test_a_form_is_told_in_the_words_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = questionnaire(asked("g", "group", item=[asked("a"), asked("b", "display")]))
    assert main(["form", "import", file_of(tmp_path, document), "--json"], clock=lambda: AT) == 0
    assert json.loads(capsys.readouterr().out) == {
        "outcome": "accepted", "title": "A form", "items": 3, "questions": 1, "warnings": [], "reason": None,
        "hash": digest(document),
    }  # fmt: skip


def test_what_is_kept_and_not_done_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file_of(tmp_path, questionnaire(asked("a", "choice", answerValueSet="http://example.org/vs")))
    assert main(["form", "import", path, "--json"], clock=lambda: AT) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["outcome"] == "accepted_with_warnings"
    assert [one["link_id"] for one in told["warnings"]] == ["a"]
    assert main(["form", "import", path], clock=lambda: AT) == 0
    assert "a: Its answers are a value set" in capsys.readouterr().out


def test_a_refused_file_says_why_on_both_streams_and_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, questionnaire(asked("a", "colour")))
    assert main(["form", "import", path, "--json"], clock=lambda: AT) == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["outcome"], told["hash"]) == ("refused", None)
    assert told["reason"] == said.err.strip() == "item[0].type: “colour” is no type of an item."
    assert main(["form", "export", path], clock=lambda: AT) == 1
    assert capsys.readouterr().out == ""


def test_a_form_is_given_out_as_it_came(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = questionnaire(
        asked("a", more={"unknown": [1, None, "x"]}), extension=[{"url": "urn:x", "valueDecimal": 1.5}]
    )
    assert main(["form", "export", file_of(tmp_path, document)], clock=lambda: AT) == 0
    assert json.loads(capsys.readouterr().out) == document


def test_a_dictionary_is_given_out_as_a_questionnaire(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dictionary.csv"
    path.write_text("field_name,form_name,field_type,field_label\na,intake,text,Name\n")
    assert main(["form", "export", str(path)], clock=lambda: AT) == 0
    assert json.loads(capsys.readouterr().out)["item"][0]["item"][0]["linkId"] == "a"


def test_a_pack_is_made_with_a_key_of_ones_own_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, out = tmp_path / "publisher.pem", tmp_path / "basics.pack.json"
    form = file_of(tmp_path, questionnaire(asked("a"), url="urn:x:a"))

    def run(*said: str) -> tuple[int, str]:
        code = main(["form", "pack", *said], clock=lambda: AT)
        told = capsys.readouterr()
        return code, told.out + told.err

    assert run("key", str(key))[0] == 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    again = run("key", str(key))
    assert (again[0], "never written over" in again[1]) == (1, True)
    make = ("make", str(out), form, "--key")
    unnamed = run(*make, str(key))
    assert (unnamed[0], "--publisher" in unnamed[1]) == (1, True)
    no_key = run(*make, form, "--name", "Basics", "--publisher", "Elm")
    assert (no_key[0], "no publisher's key" in no_key[1]) == (1, True)
    made = run(*make, str(key), "--name", "Basics", "--publisher", "Elm")
    assert (made[0], "1 forms" in made[1]) == (0, True)
    verified = run("verify", str(out))
    assert (verified[0], "Basics, by Elm" in verified[1]) == (0, True)
    assert made[1].split("Fingerprint: ")[1].strip() in verified[1]
    out.write_text(out.read_text().replace("Question a", "Question b"))
    tampered = run("verify", str(out))
    assert (tampered[0], "is not the text that the list names" in tampered[1]) == (1, True)
