"""Steps from an empty database to today's, up and down, alike on both engines. Frozen: never imports a table."""
