"""The books: append-only entries in whole cents, each summing to zero. A mistake is reversed, never edited."""
