"""Tests of the verbs about packets, what people in care fill in, and their consents."""
