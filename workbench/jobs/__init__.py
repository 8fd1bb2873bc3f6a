"""Work in the background: schedules and handlers. A job acts through verbs, as an actor with permissions by name."""
