"""A reporting and operations workbench for US behavioural-health practices. The rooms are named in ARCHITECTURE.md."""

__version__ = "0.1.0"
