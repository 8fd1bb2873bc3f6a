"""A full disk: one clear sentence, nothing half kept, nothing lost, and work goes on once there is room."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.factories.small_practice import open_practice

ROOM = 400_000
"""Bytes to spare: a booking writes some fifty thousand into the log of the store, and several are to fit first."""
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]


def has_own_mounts():
    """Whether this machine lets a process have mounts of its own."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


def fill(kind, home):
    command = [sys.executable, "-m", "tests.faults.full_disk", kind, str(home), str(ROOM)]
    done = subprocess.run(
        [*UNSHARE, *command] if kind != "file limit" else command, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.faults
@pytest.mark.engines("sqlcipher")
@pytest.mark.parametrize("kind", ["disk", "reserve", "file limit"])
def test_a_full_disk_refuses_in_one_sentence_and_loses_nothing(gate, home, now, kind):
    open_practice(gate.store, now)
    gate.store.close()
    # Where no process may mount anything, the limit on files stands in for the disk.
    seen = fill(kind if has_own_mounts() else "file limit", home)
    assert seen["done"] > 5
    assert len(seen["refusals"]) == 3
    assert all("nothing was saved" in refusal for refusal in seen["refusals"])
    assert seen["full"] == [seen["done"], seen["done"]]
    assert seen["after"] == ["", "", ""]
    assert seen["room"] == [seen["done"] + 3, seen["done"] + 3]
    assert seen["broken_at"] is None
