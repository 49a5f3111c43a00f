"""Sums and days that the law prescribes: deterministic, cited, with every step of the working."""
