"""The SQL of the saved questions says the same as the rules, whatever the log holds."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.audit_filling import PAIR, STRETCH, USUAL, make_tables
from pipelines.duck import Duck, Snapshot
from workbench.marts.audit_questions import QUESTIONS, Narrowed, clause, facets, lines_found, saved_counts
from workbench.marts.audit_rules import MASS_DAYS, is_after_hours, is_mass

START = datetime(2026, 1, 5)  # noqa: DTZ001 - as DuckDB keeps it: UTC without a zone
HOURS = st.dictionaries(
    st.tuples(st.integers(1, 2), st.integers(0, 24 * 40)),
    st.one_of(st.integers(1, 12), st.integers(18, 60)),
    max_size=40,
)


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    """An index without lines."""
    folder = tmp_path_factory.mktemp("index")
    (folder / "spill").mkdir()
    made = Duck(Path(folder) / "audit-1.duckdb", bytes(32), spill=folder / "spill", name="audit_index")
    with made.changing() as connection:
        make_tables(connection, "test")
        for statement in ("actors VALUES (1, 'au_1', true), (2, 'au_2', true)", "actions VALUES (1, 'chart.read')",
                          "outcomes VALUES (1, 'shown'), (2, 'refused')"):  # fmt: skip
            connection.execute(f"INSERT INTO {statement}")
    yield made
    made.close()


def fill(duck: Duck, events: list[tuple[object, ...]]) -> None:
    """Lines as number, instant, weekday, hour, actor, outcome, patient and letter."""
    with duck.changing() as connection:
        connection.execute("DELETE FROM events")
        connection.execute("DELETE FROM hours")
        if events:
            connection.executemany(
                "INSERT INTO events SELECT seq, done_at, NULL, weekday, hour, actor, true, '', '', 1, outcome, '', "
                f"patient, {PAIR.format(actor='actor', patient='patient')}, "
                f"{STRETCH.format(actor='actor', at='done_at')}, 1, held, '' "
                "FROM (SELECT ? AS seq, CAST(? AS TIMESTAMP) AS done_at, ? AS weekday, ? AS hour, ? AS actor, "
                "? AS outcome, ? AS patient, ? AS held)",
                events,
            )


def count_hours(duck: Duck, hours: list[tuple[int, datetime, int]]) -> None:
    """As a batch does: hours with so many records each came up, and what is usual is made anew after them."""
    with duck.changing() as connection:
        connection.execute("CREATE OR REPLACE TEMP TABLE touched (actor INTEGER, hour TIMESTAMP)")
        for actor, hour, count in hours:
            connection.execute("INSERT INTO touched VALUES (?, ?)", [actor, hour])
            connection.execute(
                f"INSERT INTO hours SELECT {STRETCH.format(actor='a', at='h')}, a, h, n, n, 0 "
                "FROM (SELECT ? AS a, CAST(? AS TIMESTAMP) AS h, ? AS n)",
                [actor, hour, count],
            )
        connection.execute(USUAL)


def found(duck: Duck, narrowed: Narrowed) -> set[int]:
    with duck.reading() as connection:
        return set(lines_found(Snapshot(connection), narrowed, most=10_000))


@settings(max_examples=40)
@given(HOURS)
def test_mass_reading_is_the_rule(duck: Duck, opened: dict[tuple[int, int], int]) -> None:
    at = {key: START + timedelta(hours=key[1]) for key in opened}
    fill(duck, [(n, at[key] + timedelta(minutes=7), 1, 9, key[0], 1, 1, "P") for n, key in enumerate(opened)])
    rows = [(key[0], at[key], count) for key, count in opened.items()]
    for start in range(0, len(rows), 9):  # hours come in batches, and not always in the order of time
        count_hours(duck, rows[start : start + 9])
    expected = set()
    for number, (actor, hour) in enumerate(opened):
        before = tuple(
            count for (who, when), count in opened.items() if who == actor and hour - 24 * MASS_DAYS <= when < hour
        )
        if is_mass(opened[actor, hour], before):
            expected.add(number)
    assert found(duck, Narrowed("mass_reading")) == expected


LINES = st.lists(
    st.tuples(
        st.integers(1, 7), st.integers(0, 23), st.sampled_from((1, 2)), st.sampled_from((1, 2)),
        st.sampled_from((None, 1, 2)), st.sampled_from(("P", "B", "")),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=40)
@given(LINES, st.integers(5, 10), st.integers(15, 20))
def test_after_hours_is_the_rule_and_every_count_agrees_with_its_lines(
    duck: Duck, lines: list[tuple[int, int, int, int, int | None, str]], opens: int, closes: int
) -> None:
    fill(duck, [(n, START, *line) for n, line in enumerate(lines)])
    late = {
        n for n, (weekday, hour, _, _, patient, _) in enumerate(lines)
        if patient and is_after_hours(weekday, hour, opens, closes)
    }  # fmt: skip
    asked = Narrowed("after_hours", opens=opens, closes=closes)
    assert found(duck, asked) == late
    with duck.reading() as connection:
        about = facets(Snapshot(connection), asked)
        by_hour: dict[int, int] = defaultdict(int)
        for number in late:
            by_hour[lines[number][1]] += 1
        assert about.total == len(late) == sum(one.lines for one in about.actors)
        assert about.hours == tuple(by_hour[hour] for hour in range(24))
        counts = saved_counts(Snapshot(connection), Narrowed(opens=opens, closes=closes))
    for key in QUESTIONS:
        assert counts[key] == len(found(duck, Narrowed(key, opens=opens, closes=closes))), key


def test_every_question_has_a_definition_and_its_own_file() -> None:
    files = {file.stem for file in Path(__file__).parents[2].glob("workbench/marts/audit_sql/*.sql")}
    assert files == set(QUESTIONS)
    assert all(one.says.endswith(".") and clause(key).startswith("(") for key, one in QUESTIONS.items())
    assert datetime(2026, 1, 5, tzinfo=UTC).isoweekday() == 1
