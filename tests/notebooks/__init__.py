"""Every notebook runs from its first cell to its last."""
