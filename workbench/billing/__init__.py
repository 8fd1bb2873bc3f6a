"""What a session costs: the fee schedule and the charges made from it."""
