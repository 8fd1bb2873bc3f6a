"""The audit log: what a line costs a transaction, what one chain costs PostgreSQL's writers, how fast a copy verifies.

Each number stands beside its floor. Run it: `python -m bench.audit`; `--events 100000` for a quick look.
"""

import argparse
import hashlib
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.measuring import Section
from tests.stores import Server, new_home
from workbench.gate import audit, queue
from workbench.gate.actor import Actor, Role
from workbench.gate.audit import GENESIS, Entry, canonical, leaf_of
from workbench.gate.audit_checkpoints import Head, signed_note
from workbench.gate.audit_events import AuditEvent
from workbench.gate.audit_export import ANCHORS, CHECKPOINTS, EVENTS, MANIFEST
from workbench.gate.audit_nodes import LogTree
from workbench.gate.audit_signer import create_signer
from workbench.gate.audit_tree import CompactRange
from workbench.gate.permissions import Permission
from workbench.kernel.folders import fingerprint
from workbench.library.verify_audit import verify
from workbench.store.engine import Store, open_store, open_vault

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
EVENTS_VERIFIED = 1_000_000
WHO = Actor("usr_0123456789abcdef", "stf_0123456789abcdef", frozenset({Role.CLINICIAN}), "a" * 64)


def entry(number: int) -> Entry:
    """An event as a day is full of: somebody opened a patient's file."""
    return Entry(
        WHO, AuditEvent.PATIENT_SEEN, Permission.SEE_CONTACT, NOW + timedelta(milliseconds=number), "shown",
        "patients", f"pat_{number:016x}", f"pat_{number:016x}", {"verb": "patient_file", "patients": 1},
    )  # fmt: skip


def rate(work: Callable[[int], None], times: int) -> float:
    """How often a second."""
    started = time.perf_counter()
    for number in range(times):
        work(number)
    return times / (time.perf_counter() - started)


def one_transaction(store: Store, name: str, number: int, *, audited: bool) -> None:
    """One row, with or without the line that says so."""
    with store.writing() as session:
        session.connection()
        queue.promise(session, kind=name, key=f"{name} {number}", payload={"n": number}, now=NOW)
        if audited:
            audit.append(session, store.vault, [entry(number)])
        session.commit()


def append_rates(store: Store, times: int) -> tuple[float, float, float, float]:
    """A second: bare hashes, appends in one transaction, transactions of one row without and with their line."""
    body = canonical(entry(1), 1, GENESIS, "ptp_" + "0" * 24)
    raw = rate(lambda _: leaf_of(body), 50_000)
    without = rate(lambda number: one_transaction(store, "without", number, audited=False), times)
    with_line = rate(lambda number: one_transaction(store, "with", number, audited=True), times)
    started = time.perf_counter()
    with store.writing() as session:
        session.connection()
        audit.append(session, store.vault, [entry(number) for number in range(times * 5)])
        session.commit()
    return raw, times * 5 / (time.perf_counter() - started), without, with_line


def appends(store: Store, times: int) -> None:
    """Transactions and bare appends beside their floors."""
    raw, many, without, with_line = append_rates(store, times)
    print(f"{store.dialect}")
    print(f"  SHA-256 of one body                  {raw:12,.0f} /s")
    print(f"  appends in one transaction           {many:12,.0f} /s   {raw / many:6.1f} x slower than the bare hash")
    print(f"  transaction of one row, no audit     {without:12,.0f} /s")
    print(f"  the same with its audit line         {with_line:12,.0f} /s   {without / with_line:6.2f} x")


def writers(store: Store, count: int, each: int, *, chained: bool) -> float:
    """Audited transactions a second by `count` threads: on one chain, or with nobody waiting for anybody."""
    floor = lock_free(store) if not chained else None

    def work(writer: int) -> None:
        for number in range(each):
            if floor is not None:
                floor(writer, number)
            else:
                one_transaction(store, f"{count} {writer}", number, audited=True)

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(count)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return count * each / (time.perf_counter() - started)


def lock_free(store: Store) -> Callable[[int, int], None]:
    """The same rows written without a common chain: what per-writer chains could reach at best."""
    with store.writing() as session:
        start = LogTree(session).size() + 1_000_000

    def one(writer: int, number: int) -> None:
        with store.writing() as session:
            session.connection()
            place = start + writer * 100_000 + number
            queue.promise(session, kind="free", key=f"free {place}", payload={"n": place}, now=NOW)
            body = canonical(entry(place), place, GENESIS, "ptp_" + "0" * 24)
            session.add(audit.AuditRow(
                seq=place, at=NOW, actor_id=WHO.user_id, event="patient.seen", outcome="shown", subject_type="patients",
                subject_id="", patient_p="", body=body, leaf=leaf_of(body),
            ))  # fmt: skip
            session.commit()

    return one


def postgresql(folder: Path, times: int) -> None:
    """Appends, and writers side by side. The server is ours, with its flushes to the disk off: the lock shows best."""
    server = Server()
    try:
        server.create("bench")
        settings = new_home(folder / "postgresql", server.url("bench"))
        store = open_store(settings, open_vault(settings))
        appends(store, times)
        for count in (1, 2, 4, 8):
            chain = writers(store, count, times // count, chained=True)
            free = writers(store, count, times // count, chained=False)
            print(f"  {count} writers: one chain {chain:8,.0f} /s, no chain {free:8,.0f} /s   {free / chain:5.2f} x")
            with store.engine.begin() as connection:  # each round begins with an empty log
                connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_events_no_change ON audit_events")
                connection.exec_driver_sql("DELETE FROM audit_events")
                connection.exec_driver_sql("DELETE FROM jobs")
        store.close()
    finally:
        server.stop()


def export_of(folder: Path, count: int) -> None:
    """An export of so many events, as the product writes it, with a head every thousand."""
    signer = create_signer(folder / "signer", bytes(32))
    origin, private, tree, prev = signer.last().origin, signer.open_key(), CompactRange(), GENESIS
    with (folder / EVENTS).open("wb") as events, (folder / CHECKPOINTS).open("w", encoding="utf-8") as heads:
        for seq in range(1, count + 1):
            body = canonical(entry(seq), seq, prev, "ptp_" + "0" * 24)
            events.write(body + b"\n")
            prev = leaf_of(body)
            tree.append(prev)
            if seq % 1_000 == 0 or seq == count:
                heads.write(signed_note(Head(origin, seq, tree.root()), private))
    (folder / ANCHORS).write_text("")
    files = ",".join(f'"{name}":{_told(folder / name)}' for name in (EVENTS, CHECKPOINTS, ANCHORS))
    manifest = f'{{"events":{count},"key":"{signer.verifier.text()}","files":{{{files}}}}}'
    (folder / MANIFEST).write_text(manifest)


def _told(path: Path) -> str:
    told = fingerprint(path)
    return f'{{"bytes":{told["bytes"]},"sha256":"{told["sha256"]}"}}'


def verification_seconds(folder: Path, count: int) -> tuple[float, float]:
    """Seconds for one SHA-256 an event over a copy's bytes, and for the verifier over the same; the best of two."""
    folder.mkdir()
    export_of(folder, count)
    best_floor = best = float("inf")
    for _ in range(2):
        started = time.perf_counter()
        with (folder / EVENTS).open("rb") as file:
            for line in file:
                hashlib.sha256(line).digest()
        best_floor = min(best_floor, time.perf_counter() - started)
        started = time.perf_counter()
        verify(folder)
        best = min(best, time.perf_counter() - started)
    return best_floor, best


def verification(folder: Path, count: int) -> None:
    """The verifier over a copy, beside one SHA-256 an event over the same bytes."""
    best_floor, best = verification_seconds(folder, count)
    megabytes = (folder / EVENTS).stat().st_size / 1e6
    print(f"verification of {count:,} events ({megabytes:,.0f} MB)")
    print(f"  SHA-256 of each line                 {best_floor:12.2f} s")
    print(f"  verify_audit.py                      {best:12.2f} s   {best / best_floor:6.2f} x")


def report(rounds: int) -> Section:
    """The log's three costs, each beside its floor. `rounds`: hundreds of transactions timed for the appends."""
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        store = open_store(settings := new_home(folder / "sqlcipher"), open_vault(settings))
        raw, many, without, audited = append_rates(store, rounds * 100)
        store.close()
        floor, best = verification_seconds(folder / "export", EVENTS_VERIFIED)
    finally:
        shutil.rmtree(folder)
    rows = (
        ("appends in one transaction", f"{many:,.0f} /s", "SHA-256 of one body", f"{raw:,.0f} /s", f"{raw / many:.1f}"),
        ("one row and its line", f"{audited:,.0f} /s", "one row, no line", f"{without:,.0f} /s",
         f"{without / audited:.2f}"),
        (f"verifying {EVENTS_VERIFIED:,} events", f"{best:.2f} s", "SHA-256 of each line", f"{floor:.2f} s",
         f"{best / floor:.2f}"),
    )  # fmt: skip
    says = "On SQLCipher. Verification may take at most six times its floor. PostgreSQL: `python -m bench.audit`."
    return Section("Audit log", ("", "", "floor", "", "times floor"), rows, says)


def main(events: int, times: int) -> None:
    """Measure everything and print it."""
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        store = open_store(settings := new_home(folder / "sqlcipher"), open_vault(settings))
        appends(store, times)
        store.close()
        postgresql(folder, times)
        verification(folder / "export", events)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=1_000)
    given = parser.parse_args()
    main(given.events, given.times)
