"""What a database error means, told alike for both engines."""

from sqlalchemy.exc import DBAPIError, IntegrityError


def broken_constraint(error: DBAPIError) -> str:
    """The database's words about the constraint or guard that refused, or "" if it was something else.

    The PostgreSQL driver calls only unique violations integrity errors, so its SQLSTATE (class 23) is asked.
    """
    return str(error.orig) if isinstance(error, IntegrityError) or _sqlstate(error).startswith("23") else ""


def disk_full(error: DBAPIError) -> bool:
    """Whether nothing could be written for want of space (SQLSTATE 53100 on PostgreSQL).

    A quota or a limit on files is told as an I/O error: the disk takes no more, for whatever reason.
    """
    told = str(error.orig)
    return "disk is full" in told or "disk I/O error" in told or _sqlstate(error) == "53100"


def _sqlstate(error: DBAPIError) -> str:
    arguments = getattr(error.orig, "args", ())
    told = arguments[0] if arguments else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""
