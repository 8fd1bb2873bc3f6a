"""What is done about copies that leave, and about what a person asks of their record."""
