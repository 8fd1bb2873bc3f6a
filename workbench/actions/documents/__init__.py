"""What is done with files in clients' records."""
