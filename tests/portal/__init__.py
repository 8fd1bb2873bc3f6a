"""The patient's site, from the invitation on."""
