"""Checks of the source itself. Each is a function over a tree of files, so that `test_breaches.py` can show it bite."""
