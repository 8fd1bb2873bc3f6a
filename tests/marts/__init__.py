"""Numbers against a practice small enough to count by hand."""
