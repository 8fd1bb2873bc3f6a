"""Accounts: who may sign in, with what, and which sessions are open. Knows no patient and no appointment."""
