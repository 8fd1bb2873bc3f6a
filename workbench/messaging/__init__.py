"""Messages that leave the practice: who may be written to, what may be said, when, and what became of each."""
