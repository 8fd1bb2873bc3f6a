"""Measures: what was answered, by which rule it was scored, and what it came to. Results are never changed."""
