"""Figures as a page that stands alone: no script, nothing from another host."""
