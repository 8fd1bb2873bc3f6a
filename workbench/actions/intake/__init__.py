"""What is done about packets, what people in care fill in, and their consents."""
