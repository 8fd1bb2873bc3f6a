"""Numbers over time, de-identified: one typed function a number, one SQL file a question, read from the mirror."""
