"""How rows are kept: engines, types, sealing, keys, migrations. Knows no practice noun and decides nothing."""
