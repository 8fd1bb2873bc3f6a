"""A practice that is open, and its people."""

from tests.factories.an_open_practice import people, practice

__all__ = ["people", "practice"]
