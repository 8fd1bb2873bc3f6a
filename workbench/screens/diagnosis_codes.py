"""The list of diagnosis codes for a page that picks one: no patient is in it, so nothing of it is logged."""

from workbench.charting.codes import Code, codes, find_codes, title_of

__all__ = ["Code", "codes", "find_codes", "title_of"]
