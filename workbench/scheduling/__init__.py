"""Appointments: types, time, who attends, and how each attendance went."""
