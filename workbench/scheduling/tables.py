"""Rows of the schedule. An appointment holds a clinician's time; an attendance is one patient's part in it.

An individual session has one attendance, a couple two, a group many; notes and charges hang on the attendance.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.kernel.ids import new_id
from workbench.scheduling.group_tables import members_of
from workbench.scheduling.room_tables import guard_rooms
from workbench.store.base import Base, index_of_said
from workbench.store.changes import follow
from workbench.store.guards import append_only, guard
from workbench.store.types import UtcDateTime


class AppointmentStatus(StrEnum):
    """Whether the appointment still holds the clinician's time. Stored values."""

    HELD = "held"
    CANCELLED = "cancelled"


class AttendanceStatus(StrEnum):
    """How one patient's part in an appointment stands. Stored values."""

    REQUESTED = "requested"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_SESSION = "in_session"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    LATE_CANCELLED = "late_cancelled"
    CANCELLED = "cancelled"


class AppointmentType(Base):
    """A kind of session the practice offers. `service_code`: the code billed, or empty where the time decides it."""

    __tablename__ = "appointment_types"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("aty"))
    name: Mapped[str]
    minutes: Mapped[int]
    service_code: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class AppointmentSeries(Base):
    """What repeats: an RFC 5545 rule from `first_on` at `minute_of_day` (0 to 1439) on the wall clock of `zone`.

    Every appointment of it is a row of its own (`SeriesPlace`). It was booked for one patient or for one group.
    """

    __tablename__ = "appointment_series"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ser"))
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patients.id"), index=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("patient_groups.id"), index=True)
    rule: Mapped[str]
    first_on: Mapped[date]
    minute_of_day: Mapped[int]
    zone: Mapped[str]
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("minute_of_day BETWEEN 0 AND 1439", name="on_the_clock"),
        CheckConstraint("(patient_id IS NULL) <> (group_id IS NULL)", name="of_one_or_of_a_group"),
    )

    def patients_concerned(self, session: Session) -> frozenset[str]:
        """Whom it was booked for; of a group, who belongs to it now."""
        if self.patient_id is not None:
            return frozenset({self.patient_id})
        return frozenset(session.scalars(members_of(self.group_id or "")))


class Appointment(Base):
    """A clinician's time from `starts_at` until before `ends_at`. Never deleted; a cancelled one frees the time.

    `booked_by`: the user who booked it; empty before 0011, when only the audit log knew. `overlap_because`: why it may
    lie over others of the clinician; "" is what never may, over none. `group_id`: who comes together. `beside_id`: the
    appointment that this clinician leads with another; nobody attends this row, it only holds their time.
    """

    __tablename__ = "appointments"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("apt"))
    clinician_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    type_id: Mapped[str] = mapped_column(ForeignKey("appointment_types.id"))
    location_id: Mapped[str] = mapped_column(ForeignKey("locations.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(default=AppointmentStatus.HELD)
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    booked_by: Mapped[str] = mapped_column(default="", server_default="")
    overlap_because: Mapped[str] = mapped_column(default="", server_default="")
    group_id: Mapped[str | None] = mapped_column(ForeignKey("patient_groups.id"))
    beside_id: Mapped[str | None] = mapped_column(ForeignKey("appointments.id"))
    room_id: Mapped[str | None] = mapped_column(ForeignKey("rooms.id"))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index(None, "clinician_id", "starts_at"),
        Index(None, "starts_at"),
        Index(None, "booked_by", "booked_at"),
        index_of_said("group_id", "starts_at"),
        index_of_said("beside_id"),
        index_of_said("room_id", "starts_at"),
    )

    def patients_concerned(self, session: Session) -> frozenset[str]:
        """Everybody who attends."""
        return frozenset(session.scalars(select(Attendance.patient_id).where(Attendance.appointment_id == self.id)))


class Attendance(Base):
    """One patient's part in an appointment."""

    __tablename__ = "attendances"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("att"))
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointments.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    status: Mapped[str] = mapped_column(default=AttendanceStatus.BOOKED)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index("uq_attendances_appointment_patient", "appointment_id", "patient_id", unique=True),
        Index(None, "patient_id"),
    )


class SeriesPlace(Base):
    """Which series an appointment is of, and the day the series gave it, wherever it was moved since. Append-only."""

    __tablename__ = "series_places"
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointments.id"), primary_key=True)
    series_id: Mapped[str] = mapped_column(ForeignKey("appointment_series.id"))
    series_on: Mapped[date]
    __table_args__ = (Index("uq_series_places_day", "series_id", "series_on", unique=True),)


append_only(cast(Table, SeriesPlace.__table__), "series_places_append_only")


class AttendanceMove(Base):
    """One change of an attendance's status: from what to what, when, by whom. Append-only.

    `cancelled_by`: of a cancellation, whose it is (`patient`, `practice`), whoever entered it; "" before 0022.
    """

    __tablename__ = "attendance_moves"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    attendance_id: Mapped[str] = mapped_column(ForeignKey("attendances.id"), index=True)
    from_status: Mapped[str]
    to_status: Mapped[str]
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    cancelled_by: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (Index(None, "moved_by", "moved_at"),)


append_only(cast(Table, AttendanceMove.__table__), "attendance_moves_append_only")


class AppointmentMove(Base):
    """One change of an appointment's time, clinician or place: what it was before, when, by whom. Append-only.

    `from_ends_at`: None before 0011, when a move kept the length. `undoes`: the id of the move that this one took back.
    """

    __tablename__ = "appointment_moves"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointments.id"), index=True)
    from_clinician_id: Mapped[str]
    from_location_id: Mapped[str]
    from_room_id: Mapped[str | None]
    from_starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undoes: Mapped[int | None]
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_by: Mapped[str]
    __table_args__ = (Index(None, "moved_by", "moved_at"),)


append_only(cast(Table, AppointmentMove.__table__), "appointment_moves_append_only")


class HoursPlan(Base):
    """When a clinician sees people from `from_on` on, as said at `made_at`. Append-only: a later one replaces it.

    nth: 1, 2, 3 … of this clinician; of two from one day, the later holds. published_until: the last day on which times
    are offered. most_a_day: 0 is no limit. note_minutes: kept free after each; travel_minutes: between two offices.
    """

    __tablename__ = "hours_plans"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("hpl"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    nth: Mapped[int] = mapped_column(server_default="0")
    from_on: Mapped[date]
    published_until: Mapped[date]
    most_a_day: Mapped[int] = mapped_column(default=0)
    note_minutes: Mapped[int] = mapped_column(default=0)
    travel_minutes: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    __table_args__ = (
        CheckConstraint("published_until >= from_on", name="published_for_a_day"),
        CheckConstraint("most_a_day >= 0 AND note_minutes >= 0 AND travel_minutes >= 0", name="not_below_zero"),
        Index("uq_hours_plans_nth", "staff_id", "nth", unique=True),
    )


class HoursRow(Base):
    """One stretch of a plan's week: minutes of the wall clock of a weekday (0 is Monday) at one place. Append-only."""

    __tablename__ = "hours_rows"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("hours_plans.id"), index=True)
    weekday: Mapped[int]
    from_minute: Mapped[int]
    until_minute: Mapped[int]
    location_id: Mapped[str] = mapped_column(ForeignKey("locations.id"))
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="a_weekday"),
        CheckConstraint("0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440", name="in_a_day"),
    )


class TimeAway(Base):
    """Time in which a clinician sees nobody, or nobody does (`staff_id` is None: the practice is closed).

    label: a few words for staff, such as “holiday”. Withdrawn, never deleted.
    """

    __tablename__ = "times_away"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("awy"))
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    label: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index(None, "staff_id", "starts_at"),
    )

    def staff_concerned(self) -> frozenset[str]:
        """Whose time it is; nobody's own where the practice is closed."""
        return frozenset({self.staff_id} if self.staff_id else ())


for _kept in (HoursPlan, HoursRow):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")

_OVERLAP = (
    "SELECT RAISE(ABORT, 'double_booking') WHERE NEW.status = 'held' AND NEW.overlap_because = '' AND EXISTS ("
    "SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' "
    "AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at "
    # A session longer than a day does not exist; the bound lets the index answer.
    "AND a.starts_at > datetime(NEW.starts_at, '-1 day'))"
)
guard(
    cast(Table, Appointment.__table__),
    sqlite=(
        f"CREATE TRIGGER appointments_double_booking_insert BEFORE INSERT ON appointments BEGIN {_OVERLAP}; END",
        "CREATE TRIGGER appointments_double_booking_update BEFORE UPDATE OF clinician_id, starts_at, ends_at, status, "
        f"overlap_because ON appointments BEGIN {_OVERLAP}; END",
    ),
    postgresql=(
        # The wheel's server has no btree_gist, so the clinician takes part as a one-point range of a hash of the id.
        "ALTER TABLE appointments ADD CONSTRAINT double_booking EXCLUDE USING gist ("
        "int8range(hashtextextended(clinician_id, 0), hashtextextended(clinician_id, 0), '[]') WITH &&, "
        "tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'held' AND overlap_because = '')",
        # The constraint knows only those without a reason; nothing without one is put over one that has it, either.
        "CREATE FUNCTION appointments_over_reasoned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.status = 'held' AND NEW.overlap_because = '' AND EXISTS (SELECT 1 FROM appointments a "
        "WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.overlap_because <> '' "
        "AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at "
        "AND a.starts_at > NEW.starts_at - interval '1 day') THEN "
        "RAISE EXCEPTION 'double_booking' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER appointments_over_reasoned BEFORE INSERT OR UPDATE OF clinician_id, starts_at, ends_at, "
        "status, overlap_because ON appointments FOR EACH ROW EXECUTE FUNCTION appointments_over_reasoned()",
    ),
)

guard_rooms(cast(Table, Appointment.__table__))
for _followed in (AppointmentType, Appointment, Attendance, AttendanceMove):
    follow(cast(Table, _followed.__table__))
