"""What can be done with messages that leave the practice."""
