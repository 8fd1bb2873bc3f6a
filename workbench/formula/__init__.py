"""A small language for calculated answers and scores. It has no loops, no side effects and always comes to an end.

What does not belong here: forms, measures, the record. A formula knows the values it is given and nothing else.
"""
