"""What the compliance officer does."""
