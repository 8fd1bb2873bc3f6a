"""Verbs of accounts: open and end a session, refuse a try, set up an account."""
