"""Results as Observations and as rows: with verified codes only, and no total where there is none."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from workbench.measures.catalogue import measure_named
from workbench.measures.observations import HEADS, Result, bundle_of, long_csv, observation_of

AT = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)


def result(name: str, **more: Any) -> Result:
    told = {"answers": (), "total": 9, "band": "mild", "flags": (), **more}
    return Result("msr_1", measure_named(name), AT, **told)


def test_a_score_is_an_observation_with_its_code_and_its_rule() -> None:
    told = observation_of(result("PHQ-9", flags=("item9_positive",)), "Patient/pat-1")
    assert told["code"]["coding"] == [
        {"system": "http://loinc.org", "code": "44261-6"},
        {"system": "urn:therapy-practice-workbench:measure", "code": "phq9@1"},
    ]
    assert (told["valueInteger"], told["interpretation"], told["subject"]) == (
        9, [{"text": "mild"}], {"reference": "Patient/pat-1"},
    )  # fmt: skip
    assert (told["status"], told["effectiveDateTime"], told["note"]) == (
        "final", "2026-03-09T14:30:00+00:00", [{"text": "item9_positive"}],
    )  # fmt: skip


def test_without_a_total_it_says_that_none_is_known_and_a_part_of_a_point_stays_one() -> None:
    missing = observation_of(result("PHQ-9", total=None, band=""), "Patient/pat-1")
    assert "valueInteger" not in missing
    assert missing["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert "interpretation" not in missing
    assert observation_of(result("PHQ-9", total=Decimal("4.5")), "x")["valueQuantity"] == {"value": Decimal("4.5")}


def test_what_has_no_verified_code_has_our_own_only() -> None:
    plain = next(one for one in ("CAGE-AID", "SWEMWBS", "ORS", "WSAS") if not measure_named(one).loinc)
    assert [one["system"] for one in observation_of(result(plain), "x")["code"]["coding"]] == [
        "urn:therapy-practice-workbench:measure"
    ]


def test_a_bundle_keeps_the_order() -> None:
    every = [result("PHQ-9"), result("GAD-7")]
    assert [one["resource"]["code"]["text"] for one in bundle_of(every, "x")["entry"]] == [
        "PHQ-9, total", "GAD-7, total",
    ]  # fmt: skip


def test_each_item_is_a_row_and_a_total_alone_is_one_too() -> None:
    answers = (0, 1, 2, 3, None, 0, 0, 0, 1)
    content = long_csv([result("PHQ-9", answers=answers, total=None, band=""), result("PHQ-9")])
    rows = list(csv.reader(io.StringIO(content.decode())))
    assert rows[0] == list(HEADS)
    assert [(row[4], row[5]) for row in rows[1:10]] == [
        (str(number), "" if answer is None else str(answer)) for number, answer in enumerate(answers, 1)
    ]
    assert rows[10][4:] == ["", "", "9", "mild", ""]
