"""Failures of a command that a person can mend."""

from __future__ import annotations


class Unusable(Exception):
    """The input as a whole, or the set-up, cannot be used: one clear sentence, exit code 2."""
