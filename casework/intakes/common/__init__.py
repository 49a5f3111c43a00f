"""Questions that belong to every story, whatever it is about (docs/intakes.md)."""
