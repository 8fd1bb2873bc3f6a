"""The pages of the patient's site, one file each. A new one is listed in `workbench/portal/routes.py`."""
