"""What is kept as data and handed out as it stands. Knows no other room."""
