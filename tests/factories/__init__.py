"""Builders of rows for tests: invented people, places and sessions."""
