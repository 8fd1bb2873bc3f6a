"""What can be done with forms: their versions, and filling them in."""
