"""Files the practice keeps: sealed, and known by the SHA-256 of their bytes."""
