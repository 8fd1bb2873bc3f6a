"""What people in care fill in: packets of forms, their answers, consents, and what answers propose to the record."""
