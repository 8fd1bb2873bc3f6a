"""Psychotherapy and SUD counselling notes, behind a wall: their author reads them, and no other room knows this one."""
