"""Run by the environment of GNU Health, not by ours: makes a practice on SQLite and books appointments one by one.

    python gnuhealth_peer.py FOLDER COUNT

Prints the seconds each booking took, as JSON. A booking is what their server does for one: a transaction that creates
`gnuhealth.appointment` with patient, professional and time, and commits it to the disk.
"""

import datetime
import json
import os
import sys
import time
from pathlib import Path

FOLDER, COUNT = Path(sys.argv[1]), int(sys.argv[2])
NAME = "peer"


def made_database() -> None:
    """An empty database with their health module and what it needs."""
    from trytond.config import config

    config.add_section("database") if not config.has_section("database") else None
    config.set("database", "uri", "sqlite://")
    config.set("database", "path", str(FOLDER))
    from trytond import backend
    from trytond.pool import Pool
    from trytond.transaction import Transaction

    (FOLDER / f"{NAME}.sqlite").touch()
    with Transaction().start(None, 0, close=True, autocommit=True, _nocache=True):
        pass
    database = backend.Database(NAME)
    database.connect()
    with Transaction().start(NAME, 0, close=True, _nocache=True):
        database.init()
    Pool.start()
    pool = Pool(NAME)
    pool.init(update=["res", "ir", "health"], lang=["en"], activatedeps=True)


def booked() -> list[float]:
    """How long each took, the first left out."""
    from trytond.pool import Pool
    from trytond.transaction import Transaction

    pool = Pool(NAME)
    with Transaction().start(NAME, 1) as transaction:
        party = pool.get("party.party")
        common = {"is_person": True, "gender": "f", "dob": datetime.date(1990, 1, 1), "fed_country": "USA"}
        (seen,) = party.create([{"name": "Sample", "lastname": "Seen", "is_patient": True, **common}])
        (sees,) = party.create([{"name": "Sample", "lastname": "Sees", "is_healthprof": True, **common}])
        (patient,) = pool.get("gnuhealth.patient").create([{"party": seen.id}])
        (professional,) = pool.get("gnuhealth.healthprofessional").create([{"party": sees.id}])
        transaction.commit()
        patient_id, professional_id = patient.id, professional.id
    taken = []
    for number in range(COUNT + 1):
        # Without a zone: that is how they keep instants.
        starts_at = datetime.datetime(2026, 3, 9, 14) + datetime.timedelta(minutes=number)  # noqa: DTZ001
        begun = time.perf_counter()
        with Transaction().start(NAME, 1) as transaction:
            pool.get("gnuhealth.appointment").create([
                {"patient": patient_id, "healthprof": professional_id, "appointment_date": starts_at,
                 "state": "confirmed", "appointment_type": "outpatient", "urgency": "a"},
            ])  # fmt: skip
            transaction.commit()
        taken.append(time.perf_counter() - begun)
    return taken[1:]


if __name__ == "__main__":
    os.chdir(FOLDER)
    made_database()
    print(json.dumps(booked()))
