"""What can be done with the schedule."""
