"""What may leave the store: listed columns only, and not even those when their name or type says no."""

import pytest
from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

from pipelines.allowed import MIRRORED, NOT_A_CODE, PLAIN, ColumnRefused, DayOf, Mirrored, check_allowed, code_or_blank
from workbench.cli.every_table import import_every_table
from workbench.store.base import Base
from workbench.store.types import Envelope, UtcDateTime


def store_with(*columns: Column[object]) -> MetaData:
    metadata = MetaData()
    Table("things", metadata, Column("id", String, primary_key=True), *columns)
    return metadata


def test_the_list_fits_the_store() -> None:
    import_every_table()
    check_allowed(Base.metadata)


@pytest.mark.parametrize(
    "name",
    ["name", "given_name", "email", "phone", "home_address", "born_on", "zip_code", "note_text", "sealed", "token_hash",
     "reason", "member_number", "content_hash", "tax_id", "file_number"],
)  # fmt: skip
def test_a_column_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ColumnRefused, match="name says"):
        check_allowed(store_with(Column(name, Integer)), (Mirrored("things", "th", {name: PLAIN}),))


@pytest.mark.parametrize("kind", [Envelope(), LargeBinary(), JSON()])
def test_a_column_is_refused_by_its_type(kind: object) -> None:
    with pytest.raises(ColumnRefused, match="type"):
        check_allowed(store_with(Column("state", kind)), (Mirrored("things", "th", {"state": PLAIN}),))  # type: ignore[arg-type]


def test_an_id_is_never_copied_as_it_is() -> None:
    metadata = store_with(Column("owner_id", String), Column("thing", ForeignKey("things.id")))
    for name in ("owner_id", "thing"):
        with pytest.raises(ColumnRefused, match="id of the store"):
            check_allowed(metadata, (Mirrored("things", "th", {name: PLAIN}),))


def test_a_renamed_day_of_a_birth_is_refused_too() -> None:
    with pytest.raises(ColumnRefused, match="born"):
        listed = Mirrored("things", "th", {"on": DayOf("born_at")})
        check_allowed(store_with(Column("born_at", UtcDateTime())), (listed,))


def test_what_the_store_does_not_have_stops_the_start() -> None:
    for listed in (Mirrored("nothing", "no", {}), Mirrored("things", "th", {"gone": PLAIN})):
        with pytest.raises(ColumnRefused, match="has no"):
            check_allowed(store_with(Column("is_here", Boolean), Column("words", Text)), (listed,))


def test_psychotherapy_and_sealed_tables_are_not_on_the_list() -> None:
    assert not {listed.name for listed in MIRRORED} & {"note_revisions", "patient_tokens", "practice", "audit_events"}


@pytest.mark.parametrize("sentence", ["cried in the waiting room", "ada@example.test", "x" * 41, "línea"])
def test_a_sentence_in_a_column_of_codes_is_blanked(sentence: str) -> None:
    assert code_or_blank(sentence) == NOT_A_CODE


@pytest.mark.parametrize("code", ["", "late_cancelled", "90837", "CO-45", "F41.1", None])
def test_a_code_passes(code: str | None) -> None:
    assert code_or_blank(code) == code
