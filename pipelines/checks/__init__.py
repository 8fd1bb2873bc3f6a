"""What must hold of the mirror: quick checks in SQL at each publish, and a suite a day in a process of its own."""
