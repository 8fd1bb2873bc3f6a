"""The synthetic practice: invented people with identifiers that cannot be real, made from a seed around one day."""
