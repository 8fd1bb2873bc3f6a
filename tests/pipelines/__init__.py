"""The mirror: what reaches it, what never does, and that it is right after everything that can happen to it."""
