"""Bytes to frozen records and back, one module per X12 transaction set. No database, no policy, no clock."""
