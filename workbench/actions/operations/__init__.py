"""Keeping the house: failed jobs back to work, what need not be kept any longer."""
