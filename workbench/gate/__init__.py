"""The one door: who is asking, may they, in one transaction, written down. Knows no practice noun, only rows."""
