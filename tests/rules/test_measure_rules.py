"""Each measure scores as its rule was published: edges of cut-offs, reversed items, skip-outs, scales, triage.

The sources are those of the files in workbench/library/measures.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from workbench.measures.catalogue import measure_named
from workbench.measures.reading import listed
from workbench.measures.scoring import Answer, Score, score


def answers(name: str, base: Answer, changes: Mapping[str, Answer]) -> dict[str, Answer]:
    """Every item that counts at `base`, and those of `changes` (`1..3` is three items) at theirs."""
    found = {item.key: base for item in measure_named(name).scored}
    return found | {key: value for keys, value in changes.items() for key in listed(keys)}


def scored(name: str, base: Answer, changes: Mapping[str, Answer], **given: int | str) -> Score:
    return score(measure_named(name), answers(name, base, changes), given)


@pytest.mark.parametrize(
    ("name", "base", "changes", "total", "positive"),
    [
        ("PHQ-9", 1, {}, 9, False), ("PHQ-9", 1, {"1": 2}, 10, True), ("PHQ-2", 1, {}, 2, False),
        ("PHQ-2", 1, {"2": 2}, 3, True),
        ("PHQ-4", 0, {"1": 3}, 3, True), ("PHQ-4", 1, {}, 4, False), ("PHQ-8", 1, {"1..2": 2}, 10, True),
        ("PHQ-A", 1, {"1": 2}, 10, True), ("GAD-7", 1, {"1..3": 2}, 10, True), ("GAD-7", 1, {"1..2": 2}, 9, False),
        ("GAD-2", 1, {"1": 2}, 3, True), ("GAD-2", 1, {}, 2, False), ("PCL-5", 1, {"1..10": 2}, 30, False),
        ("PCL-5", 1, {"1..11": 2}, 31, True), ("PC-PTSD-5", "yes", {"5": "no"}, 4, True),
        ("PC-PTSD-5", "yes", {"4, 5": "no"}, 3, False),
        ("PC-PTSD-5", "NA", {"gate": "no"}, 0, False), ("PC-PTSD-5", None, {"gate": "no"}, 0, False),
        ("PC-PTSD-5", "yes", {"gate": None}, 5, True), ("AUDIT", 0, {"1, 2": 4}, 8, True),
        ("AUDIT", 0, {"1": 4, "2": 3}, 7, False),
        ("AUDIT", "NA", {"1": 0, "9": 2, "10": 4}, 6, False),
        ("AUDIT", "NA", {"1": 4, "2, 3": 0, "9, 10": 4}, 12, True),
        ("DAST-10", "no", {}, 1, False), ("DAST-10", "no", {"3": "yes"}, 0, False),
        ("DAST-10", "no", {"1, 2": "yes"}, 3, True),
        ("CAGE-AID", "no", {}, 0, False), ("CAGE-AID", "no", {"4": "yes"}, 1, True),
        ("WHO-5", 2, {"1, 2": 3}, 48, True),
        ("WHO-5", 3, {"1, 2": 2}, 52, False), ("WHO-5", 5, {}, 100, False), ("WHODAS 2.0 12", 4, {}, 48, None),
        ("WHODAS 2.0 36", 4, {}, 144, None), ("ISI", 2, {}, 14, False), ("ISI", 2, {"1": 3}, 15, True),
        ("EPDS", 0, {}, 21, True), ("EPDS", 3, {}, 9, False), ("EPDS", 3, {"1, 2, 4": 0}, 0, False),
        ("EPDS", 3, {"10": 2}, 10, True),
        ("MDQ", "no", {"1..7, 14": "yes", "15": 2}, 7, True), ("MDQ", "no", {"1..7, 14": "yes", "15": 1}, 7, False),
        ("MDQ", "no", {"1..7": "yes", "15": 3}, 7, False), ("MDQ", "no", {"1..6, 14": "yes", "15": 3}, 6, False),
        ("MDQ", "no", {"14, 15": "NA"}, 0, False), ("ASRS", 0, {"1..3": 2, "4": 3}, 4, True), ("ASRS", 2, {}, 3, False),
        ("SCARED", 0, {"1..12": 2}, 24, False), ("SCARED", 0, {"1..12": 2, "13": 1}, 25, True),
        ("PSC-17", 0, {"4, 5, 8": 2}, 6, False),
        ("PSC-17", 0, {"4, 5, 8": 2, "10": 1}, 7, True), ("PSC-17", 0, {"2, 6": 2, "9": 1}, 5, True),
        ("K6", 2, {"1": 3}, 13, True),
        ("K6", 2, {}, 12, False), ("K10", 1, {}, 10, None), ("OCI-R", 1, {"1..3": 2}, 21, True),
        ("OCI-R", 1, {"1..2": 2}, 20, False),
        ("ACE", "no", {"1..4": "yes"}, 4, True), ("ACE", "no", {"1..3": "yes"}, 3, False), ("CES-D", 0, {}, 12, False),
        ("CES-D", 0, {"1, 2": 2}, 16, True), ("CES-D", 3, {"4, 8, 12, 16": 0}, 60, True), ("CESD-R", 4, {}, 60, True),
        ("CESD-R", 0, {"1..5": 3}, 15, False), ("CORE-10", 0, {}, 8, False), ("CORE-10", 0, {"1": 3}, 11, True),
        ("CORE-10", 4, {"2, 3": 0}, 40, True), ("SRS", 9, {}, 36, False),
        ("SRS", 9, {"1": Decimal("8.9")}, Decimal("35.9"), True),
        ("WSAS", 4, {}, 20, None), ("WSAS", 8, {"1": "NA"}, 32, None), ("RCADS 47", 1, {}, 47, None),
        ("RCADS 25", 1, {}, 25, None),
        ("SPIN", 1, {"1, 2": 2}, 19, True), ("SPIN", 1, {"1": 2}, 18, False), ("EAT-26", 0, {}, 3, False),
        ("EAT-26", 5, {}, 75, True),
        ("EAT-26", 0, {"1..5": 5, "6": 4}, 20, True), ("EAT-26", 2, {"26": 5}, 0, False),
        ("EAT-26", 0, {"B": 1}, 3, True),
        ("GDS-15", "no", {}, 5, True), ("GDS-15", "no", {"1": "yes"}, 4, False),
        ("GDS-15", "yes", {"1, 5, 7, 11, 13": "no"}, 15, True),
        ("PSWQ", 1, {"1, 3, 8, 10, 11": 5}, 16, None), ("PSWQ", 5, {"1, 3, 8, 10, 11": 1}, 80, None),
        ("WEMWBS", 5, {}, 70, None),
        ("SWEMWBS", 1, {}, 7, None), ("HAM-D", 2, {}, 34, None), ("HAM-A", 4, {}, 56, None), ("BPRS", 1, {}, 18, None),
        ("IES-R", 1, {"1..11": 2}, 33, True), ("IES-R", 1, {"1..10": 2}, 32, False),
        ("CRAFFT 2.1", "no", {"1..3": 0, "4": "yes"}, 1, False),
        ("CRAFFT 2.1", "NA", {"1..3": 0, "4": "no"}, 0, False),
        ("CRAFFT 2.1", "no", {"1..3": 2, "4, 9": "yes"}, 2, True),
        ("PEG", 5, {"3": 6}, Decimal("5.33"), None), ("AIMS", 0, {"1, 2": 2}, 4, True), ("AIMS", 0, {"1": 3}, 3, True),
        ("AIMS", 1, {"1": 2}, 8, False), ("PDSS", 4, {}, 28, None), ("EDE-Q 6", 3, {}, 3, None),
        ("BDI-II", 14, {}, 14, None),
        ("BAI", 16, {}, 16, None), ("PROMIS Depression 4a", 5, {}, 20, None), ("PROMIS Anxiety 4a", 1, {}, 4, None),
        ("Y-BOCS", 2, {}, 20, None), ("PHQ-15", 1, {}, 15, None), ("SDQ", 0, {}, 10, False),
        ("PSC-35", 1, {}, 35, None),
    ],
)  # fmt: skip
def test_a_total_and_its_cut_off(
    name: str, base: Answer, changes: dict[str, Answer], total: int | Decimal, positive: bool | None
) -> None:
    found = scored(name, base, changes)
    assert (found.total, found.positive, found.is_complete) == (total, positive, True)


@pytest.mark.parametrize(
    ("name", "base", "changes", "given", "total", "positive"),
    [
        ("AUDIT-C", 1, {}, {"sex": "female"}, 3, True), ("AUDIT-C", 1, {}, {"sex": "male"}, 3, False),
        ("AUDIT-C", 1, {}, {}, 3, None),
        ("AUDIT-C", 1, {"1": 2}, {}, 4, True), ("AUDIT-C", 0, {}, {}, 0, False),
        ("AUDIT-C", "NA", {"1": 0}, {}, 0, False),
        ("PHQ-15", 2, {"4": "NA"}, {"sex": "male"}, 28, None), ("PHQ-15", 2, {"4": None}, {"sex": "male"}, 28, None),
        ("PSC-35", 1, {"5, 6, 17, 18": None, "1": 0}, {"age": 5}, 30, True),
        ("PSC-35", 1, {"1..8": 0}, {"age": 8}, 27, False),
        ("ORS", 6, {}, {"age": 30}, 24, True), ("ORS", 6, {"1": 7}, {"age": 30}, 25, False),
        ("ORS", 6, {"1": 7}, {"age": 15}, 25, True),
        ("ORS", 8, {}, {"age": 12}, 32, False), ("MoCA", 25, {}, {"education_years": 12}, 26, False),
        ("MoCA", 25, {}, {"education_years": 13}, 25, True), ("MoCA", 30, {}, {"education_years": 8}, 30, False),
        ("SDQ", 1, {"1..5": 2}, {"respondent": "self"}, 23, True), ("SDQ", 0, {"3, 8, 13": 2}, {}, 16, False),
        ("SDQ", 0, {"3, 8, 13": 2}, {"respondent": "teacher"}, 16, True),
    ],
)  # fmt: skip
def test_a_cut_off_that_hangs_on_who_answers(
    name: str, base: Answer, changes: dict[str, Answer], given: dict[str, Any], total: int, positive: bool | None
) -> None:
    found = scored(name, base, changes, **given)
    assert (found.total, found.positive) == (total, positive)


@pytest.mark.parametrize(
    ("name", "base", "changes", "band"),
    [
        ("C-SSRS", "no", {}, "none"), ("C-SSRS", "no", {"1": "yes"}, "low"), ("C-SSRS", "no", {"2": "yes"}, "low"),
        ("C-SSRS", "no", {"2, 3": "yes"}, "moderate"), ("C-SSRS", "no", {"6": "yes"}, "moderate"),
        ("C-SSRS", "no", {"6, 6a": "yes"}, "high"), ("C-SSRS", "no", {"2, 4": "yes"}, "high"),
        ("C-SSRS", "no", {"2, 5": "yes"}, "high"),
        ("C-SSRS", "no", {"3..5": "NA", "6a": None}, "none"), ("C-SSRS", None, {"4": "yes"}, "high"),
        ("C-SSRS", None, {"1": "yes"}, ""),
        ("ASQ", "no", {"5": "NA"}, "negative"), ("ASQ", "no", {"2": "yes", "5": "no"}, "non-acute positive"),
        ("ASQ", "no", {"2": "refused", "5": "yes"}, "acute positive"), ("SDQ", 0, {}, "normal"),
        ("SDQ", 2, {"1..25": 2}, "abnormal"),
        ("SDQ", 0, {"3, 8": 2}, "borderline"), ("WHO-5", 1, {}, "likely depression"),
        ("AUDIT", 0, {"1..5": 4}, "possible dependence"),
    ],
)  # fmt: skip
def test_a_table_of_decisions(name: str, base: Answer, changes: dict[str, Answer], band: str) -> None:
    assert scored(name, base, changes).band == band


@pytest.mark.parametrize(
    ("name", "base", "changes", "scales"),
    [
        ("PCL-5", 1, {}, {"B": 5, "C": 2, "D": 7, "E": 6}),
        ("PHQ-4", 1, {"1": 3}, {"anxiety": 4, "depression": 2}),
        ("SCARED", 1, {}, {"panic": 13, "generalized": 9, "separation": 8, "social": 7, "school": 4}),
        ("SDQ", 1, {"7": 0}, {"emotional": 5, "conduct": 6, "hyperactivity": 5, "peer": 5, "prosocial": 5}),
        ("SDQ", 2, {"7, 11, 14, 21, 25": 0, "3, 8": None}, {"emotional": 10, "conduct": 10, "hyperactivity": 10,
        "peer": 10, "prosocial": 10}),
        ("SDQ", 2, {"3, 8, 13": None}, {"emotional": None, "conduct": 8, "hyperactivity": 6, "peer": 6,
        "prosocial": 10}),
        ("PSC-17", 1, {}, {"internalizing": 5, "attention": 5, "externalizing": 7}),
        ("DASS-21", 1, {"3": 3}, {"depression": 18, "anxiety": 14, "stress": 14}),
        ("OCI-R", 0, {"1, 7, 13": 4}, {"hoarding": 12, "checking": 0, "ordering": 0, "neutralizing": 0, "washing": 0,
        "obsessing": 0}),
        ("Y-BOCS", 1, {"1": 4}, {"obsessions": 8, "compulsions": 5}),
        ("BAM", 1, {"1": 4}, {"use": 3, "risk": 9, "protective": 6}),
        ("RCADS 47", 1, {}, {"social": 9, "panic": 9, "depression": 10, "separation": 7, "generalized": 6,
        "obsessive": 6}),
        ("RCADS 25", 1, {}, {"depression": 10, "anxiety": 15}),
        ("EAT-26", 5, {"26": 0}, {"dieting": 39, "bulimia": 18, "oral_control": 21}),
        ("EDE-Q 6", 0, {"1..5": 6, "8": 6}, {"restraint": 6, "eating": 0, "shape": Decimal("0.75"),
        "weight": Decimal("1.2")}),
        ("IES-R", 1, {}, {"intrusion": 8, "avoidance": 8, "hyperarousal": 6}),
        ("HADS", 8, {"depression": 11}, {"anxiety": 8, "depression": 11}),
        ("HAM-A", 1, {}, {"psychic": 7, "somatic": 7}),
        ("DSM-5 Level 1 Adult", 0, {"2": 3, "17": 2}, {
            "depression": 3, "anger": 0, "mania": 0, "anxiety": 0, "somatic": 0, "suicide": 0, "psychosis": 0,
            "sleep": 0,
            "memory": 0, "repetitive": 2, "dissociation": 0, "personality": 0, "substance": 0}),
        ("DSM-5 Level 1 Child", 0, {"20..25": "no", "21": "yes", "4": 1}, {
            "somatic": 0, "sleep": 0, "inattention": 1, "depression": 0, "anger": 0, "irritability": 0, "mania": 0,
            "anxiety": 0, "psychosis": 0, "repetitive": 0, "substance": 1, "suicide": 0}),
    ],
)  # fmt: skip
def test_scales(name: str, base: Answer, changes: dict[str, Answer], scales: dict[str, int | Decimal | None]) -> None:
    assert {name: scale.value for name, scale in scored(name, base, changes).scales.items()} == scales


@pytest.mark.parametrize(
    ("name", "base", "changes", "flags"),
    [
        ("PHQ-9", None, {"9": 1}, ("item9_positive",)), ("PHQ-9", 3, {"9": 0}, ()),
        ("PHQ-A", 0, {"13": "yes"}, ("item13_positive",)),
        ("EPDS", None, {"10": 2}, ("item10_positive",)), ("EPDS", None, {"10": 3}, ()),
        ("C-SSRS", None, {"5": "yes"}, ("item5_positive", "high_risk")),
        ("ASQ", "no", {"1": "refused", "5": "no"}, ("item1_positive",)),
        ("CORE-10", 0, {"6": 1, "1": None}, ("item6_positive", "prorated")), ("BAM", None, {"5": 1}, ("use",)),
        ("RCADS 47", None, {"37": 1}, ("item37_positive",)),
        ("DSM-5 Level 1 Adult", 0, {"11": 1}, ("item11_positive",)),
        ("HAM-D", 0, {"3": 1}, ("item3_positive",)), ("BDI-II", 3, {"9": 1}, ("item9_positive",)),
        ("CRAFFT 2.1", None, {"4": "yes"}, ("item4_positive",)),
        ("EAT-26", None, {"A": 2}, ("binges",)), ("CESD-R", None, {"15": 1}, ("item15_positive",)),
    ],
)  # fmt: skip
def test_what_is_raised_without_waiting_for_the_rest(
    name: str, base: Answer, changes: dict[str, Answer], flags: tuple[str, ...]
) -> None:
    assert scored(name, base, changes).flags == flags


@pytest.mark.parametrize(
    ("name", "base", "changes", "found"),
    [
        ("PCL-5", 0, {"1, 6, 8, 9, 15, 16": 2}, True), ("PCL-5", 0, {"1, 6, 8, 15, 16": 2}, False),
        ("PCL-5", 0, {"1, 6, 8, 9, 15": 2}, False),
        ("PCL-5", 0, {"1, 8, 9, 15, 16": 2}, False), ("PCL-5", 1, {}, False), ("PHQ-15", 0, {"1..3": 2}, True),
        ("PHQ-15", 0, {"1, 2": 2}, False),
        ("CAGE-AID", "no", {"1, 2": "yes"}, True), ("CAGE-AID", "no", {"1": "yes"}, False),
        ("AUDIT-C", 0, {"1": 3}, True), ("AUDIT-C", 1, {}, False),
    ],
)  # fmt: skip
def test_what_answers_meet_beside_the_score(name: str, base: Answer, changes: dict[str, Answer], found: bool) -> None:
    assert bool(scored(name, base, changes).findings) is found


def test_a_score_may_miss_what_its_rule_lets_be_missed_and_no_more() -> None:
    assert scored("CORE-10", 2, {"1": None}).total == 20
    assert scored("CORE-10", 2, {"1, 4": None}).total is None
    assert scored("PSC-35", 1, {"1..3": None}).total == 32
    assert scored("PSC-35", 1, {"1..4": None}).total is None
    assert scored("EAT-26", 5, {"3": None}).scales["bulimia"].value == 18
    assert scored("WSAS", 8, {"1": None}).total is None


def test_scales_have_bands_and_thresholds_of_their_own() -> None:
    dass = scored("DASS-21", 0, {"3, 5, 10": 2, "2, 4": 2, "1": 3}).scales
    assert [dass[name].band for name in ("depression", "anxiety", "stress")] == ["mild", "mild", "normal"]
    psc = scored("PSC-17", 0, {"2, 6": 2, "9": 1}).scales
    assert [psc[name].is_above for name in ("internalizing", "attention", "externalizing")] == [True, False, False]
