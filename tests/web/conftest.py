"""A running edge with two people, for the tests of this folder."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.web.edge import Clock, Edge, run
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.kernel.settings import Settings


@pytest.fixture
def extra() -> list[Any]:
    """Routes that a test adds."""
    return []


@pytest.fixture
def signed_paths() -> frozenset[str]:
    """Where a test's route checks a signature."""
    return frozenset()


@pytest.fixture
def edge(
    gate: Gate, settings: Settings, now: datetime, extra: list[Any], signed_paths: frozenset[str]
) -> Iterator[Edge]:
    """A server on a free port; alice is at the front desk, bob bills."""
    running = Edge(gate, dataclasses.replace(settings, port=0), Clock(now), extra=extra, signed=signed_paths)
    running.add("alice", Role.FRONT_DESK)
    running.add("bob", Role.BILLER)
    stop = run(running)
    yield running
    stop()
