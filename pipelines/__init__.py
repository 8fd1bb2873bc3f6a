"""The only writers of DuckDB: a mirror of allow-listed columns, and the tables that numbers are read from."""
