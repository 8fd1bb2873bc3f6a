"""Notes: drafts with every revision, signatures, locks."""
