"""Patients, staff, the practice and its locations: who and where. No appointments, no money."""
