"""Whole stories, as a person lives them: a real server, a real browser, every role."""
