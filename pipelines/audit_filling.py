"""What the index of the audit log holds, and how lines of the log come into it. One transaction a batch.

A line is read from its body, the very bytes that are hashed, so what the index says is what the chain vouches for.
"""

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

import pyarrow as pa

from pipelines.duck import Connection, registered
from workbench.marts.audit_questions import FACETS
from workbench.marts.audit_rules import MASS_DAYS, MASS_LEAST
from workbench.marts.audit_ties import Token, actors_in_index
from workbench.store.vault import Vault

SHAPE: Final = 4
"""Raise it when what follows changes: an index of another shape is filled anew."""

_TABLES: Final = (
    "CREATE TABLE facts (name VARCHAR, value VARCHAR)",
    "CREATE TABLE actors (key INTEGER, actor VARCHAR, is_person BOOLEAN)",
    "CREATE TABLE patients (key INTEGER, patient VARCHAR)",
    "CREATE TABLE actions (key SMALLINT, event VARCHAR)",
    "CREATE TABLE outcomes (key SMALLINT, outcome VARCHAR)",
    "CREATE TABLE events (seq BIGINT, done_at TIMESTAMP, day DATE, weekday UTINYINT, hour UTINYINT, actor INTEGER, "
    "is_person BOOLEAN, roles VARCHAR, session VARCHAR, action SMALLINT, outcome SMALLINT, kind VARCHAR, "
    "patient INTEGER, pair BIGINT, stretch BIGINT, shown INTEGER, held VARCHAR, reason VARCHAR)",
    "CREATE TABLE hours (stretch BIGINT, actor INTEGER, hour TIMESTAMP, patients INTEGER, events INTEGER, "
    "usual DOUBLE)",
    "CREATE TABLE days (day DATE, facet VARCHAR, value INTEGER, lines BIGINT, PRIMARY KEY (facet, day, value))",
    "CREATE TABLE actor_tokens (who VARCHAR, near VARCHAR, token UBIGINT)",
    "CREATE TABLE patient_tokens (who VARCHAR, near VARCHAR, token UBIGINT)",
    "CREATE TABLE ties (pair BIGINT, actor INTEGER, patient INTEGER, surname BOOLEAN, home BOOLEAN, own BOOLEAN)",
)

# Two numbers in one: a join by a single whole number is the fastest there is. Both fit in 63 bits for good.
PAIR: Final = "CAST({actor} AS BIGINT) * 4294967296 + {patient}"
STRETCH: Final = "CAST({actor} AS BIGINT) * 4294967296 + CAST(epoch({at}) AS BIGINT) // 3600"

_PATHS: Final = (
    "$.seq", "$.ts_us", "$.actor", "$.roles", "$.session_h", "$.event", "$.outcome", "$.obj_type", "$.patient_p",
    "$.facts.patients", "$.facts.held", "$.facts.why",
)  # fmt: skip
# Of a session's hash the beginning is enough to tell two apart; why something was refused is the name of a class.
_CAME: Final = f"""CREATE OR REPLACE TEMP TABLE came AS
SELECT CAST(v[1] AS BIGINT) AS seq, make_timestamp(CAST(v[2] AS BIGINT)) AS done_at, v[3] AS raw,
    regexp_replace(v[4], '[^a-z_,]', '', 'g') AS roles, left(v[5], 12) AS session, v[6] AS event, v[7] AS outcome,
    v[8] AS kind, nullif(v[9], '') AS patient, coalesce(TRY_CAST(v[10] AS INTEGER), 0) AS shown,
    coalesce(v[11], '') AS held, coalesce(v[12], '') AS reason
FROM (SELECT json_extract_string(body, {list(_PATHS)}) AS v FROM bodies)"""

_INSERT: Final = f"""INSERT INTO events
SELECT seq, done_at, CAST(wall AS DATE), isodow(wall), hour(wall), a.key, a.is_person, roles, session, n.key, o.key,
    kind, p.key, {PAIR.format(actor="a.key", patient="p.key")}, {STRETCH.format(actor="a.key", at="done_at")},
    shown, held, reason
FROM (SELECT *, timezone('{{zone}}', timezone('UTC', done_at)) AS wall FROM came) AS c
JOIN named USING (raw) JOIN actors AS a ON a.actor = named.actor JOIN actions AS n ON n.event = c.event
JOIN outcomes AS o ON o.outcome = c.outcome
LEFT JOIN patients AS p ON p.patient = c.patient
ORDER BY seq"""

# What a page counts of everything or of a period, counted once as it comes.
DAYS: Final = " UNION ALL ".join(
    f"SELECT day, '{facet}' AS facet, {facet} AS value, count(*) AS lines FROM {{of}} GROUP BY day, {facet}"
    for facet in FACETS
)
_DAYS: Final = f"""INSERT INTO days
{DAYS.format(of="(FROM events WHERE seq >= (SELECT min(seq) FROM came))")}
ON CONFLICT DO UPDATE SET lines = lines + excluded.lines"""

# An hour that got a line is counted anew: a line may come in the middle of it, or late with an earlier time.
_HOURS: Final = (
    "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT stretch, actor, date_trunc('hour', done_at) AS hour "
    "FROM events WHERE seq >= (SELECT min(seq) FROM came) AND is_person AND patient IS NOT NULL",
    "DELETE FROM hours WHERE stretch IN (SELECT stretch FROM touched)",
    "INSERT INTO hours SELECT stretch, any_value(actor), date_trunc('hour', any_value(done_at)), "
    "count(DISTINCT patient), count(*), 0 FROM events WHERE done_at >= (SELECT min(hour) FROM touched) "
    "AND patient IS NOT NULL AND stretch IN (SELECT stretch FROM touched) GROUP BY stretch",
)

# What is usual for a person is kept for hours that may be mass reading, and made anew for a month after a touched one.
USUAL: Final = f"""UPDATE hours SET usual = (
    SELECT coalesce(median(b.patients), 0) FROM hours AS b
    WHERE b.actor = hours.actor AND b.hour < hours.hour AND b.hour >= hours.hour - to_days({MASS_DAYS})
) WHERE patients > {MASS_LEAST} AND EXISTS (
    FROM touched AS t WHERE t.actor = hours.actor AND hours.hour BETWEEN t.hour AND t.hour + to_days({MASS_DAYS})
)"""

_TIES: Final = (
    "DELETE FROM ties",
    f"""INSERT INTO ties
WITH met AS (
    SELECT DISTINCT a.who AS actor, p.who AS patient, near
    FROM actor_tokens AS a JOIN patient_tokens AS p USING (near, token)
), homes AS (SELECT who AS patient, token FROM patient_tokens WHERE near = 'home'
), near_by AS (
    SELECT actor, patient, near FROM met
    -- Where somebody who works here lives is known only from a record of their own.
    UNION SELECT met.actor, other.patient, 'home'
    FROM met JOIN homes AS mine USING (patient) JOIN homes AS other ON other.token = mine.token WHERE met.near = 'self'
)
SELECT {PAIR.format(actor="a.key", patient="p.key")}, a.key, p.key,
    bool_or(near = 'surname'), bool_or(near = 'home'), bool_or(near = 'self')
FROM near_by JOIN actors AS a USING (actor) JOIN patients AS p USING (patient) GROUP BY 1, 2, 3""",
)


def make_tables(connection: Connection, fingerprint: str) -> None:
    """The tables of a new file, empty."""
    for table in _TABLES:
        connection.execute(table)
    keep(connection, {"fingerprint": fingerprint, "seq": "0", "leaf": "", "people": ""})


def add_bodies(connection: Connection, bodies: list[str], vault: Vault, zone: ZoneInfo) -> bool:
    """Bring these lines in, in their order; whether somebody or a record came up that was never seen before."""
    with registered(connection, "bodies", pa.table({"body": pa.array(bodies, pa.string())})):
        connection.execute(_CAME)
    raw = [str(one) for (one,) in connection.execute("SELECT DISTINCT raw FROM came").fetchall()]
    named = actors_in_index(vault, raw)
    table = pa.table({"raw": pa.array(named.keys(), pa.string()), "actor": pa.array(named.values(), pa.string())})
    with registered(connection, "named", table):
        is_new = _name_anew(connection)
        connection.execute(_INSERT.format(zone=zone.key))
    for statement in (_DAYS, *_HOURS, USUAL):
        connection.execute(statement)
    return is_new


def _name_anew(connection: Connection) -> bool:
    """A key for everybody, every record, event and ending that has none yet: whole numbers are counted fastest."""
    came = {
        "actors": ("actor", "SELECT DISTINCT actor FROM named", ", actor LIKE 'au_%'"),
        "patients": ("patient", "SELECT DISTINCT patient FROM came WHERE patient IS NOT NULL", ""),
        "actions": ("event", "SELECT DISTINCT event FROM came", ""),
        "outcomes": ("outcome", "SELECT DISTINCT outcome FROM came", ""),
    }
    added = {}
    for name, (column, query, more) in came.items():
        (added[name],) = connection.execute(
            f"INSERT INTO {name} SELECT (SELECT coalesce(max(key), 0) FROM {name}) + row_number() OVER (), "
            f"{column}{more} FROM ({query}) WHERE {column} NOT IN (SELECT {column} FROM {name})"
        ).fetchone() or (0,)
    return bool(added["actors"] or added["patients"])


def replace_tokens(connection: Connection, side: str, tokens: Iterable[Token], gone: Iterable[str] | None) -> None:
    """The tokens of one side (`actor` or `patient`) in place of those of `gone`, or of everybody's if None."""
    if gone is None:
        connection.execute(f"DELETE FROM {side}_tokens")
    else:
        with registered(connection, "gone", pa.table({"who": pa.array(list(gone), pa.string())})):
            connection.execute(f"DELETE FROM {side}_tokens WHERE who IN (SELECT who FROM gone)")
    rows = list(tokens)
    columns = {
        "who": pa.array([one.who for one in rows], pa.string()),
        "near": pa.array([one.near for one in rows], pa.string()),
        "token": pa.array([one.token for one in rows], pa.uint64()),
    }
    with registered(connection, "fresh", pa.table(columns)):
        connection.execute(f"INSERT INTO {side}_tokens SELECT who, near, token FROM fresh")


def tie(connection: Connection) -> None:
    """Who is near to whom, anew from the tokens."""
    for statement in _TIES:
        connection.execute(statement)


def keep(connection: Connection, facts: dict[str, str]) -> None:
    """Write facts of the file about itself, in the caller's transaction."""
    for name, value in facts.items():
        connection.execute("DELETE FROM facts WHERE name = ?", [name])
        connection.execute("INSERT INTO facts VALUES (?, ?)", [name, value])
