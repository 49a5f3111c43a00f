"""Casework: what a matter is and what may happen to it.

No web framework lives here, and Rasa only behind an HTTP adapter. Imports run one way:
``worker > bootstrap > adapters > use cases > ports > domain`` (held by import-linter).
"""
