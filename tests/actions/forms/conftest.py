"""The practice of the charting tests, and its people."""

from tests.actions.charting.conftest import people, practice

__all__ = ["people", "practice"]
