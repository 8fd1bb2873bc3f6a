"""The design system: what every page is made of, so that no page invents a button."""
