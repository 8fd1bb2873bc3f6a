"""What can be done with claims, remittances and payments."""
