"""Reviewed guidance, the laws it cites, and the search over both. Imports no other part of suqiu."""

__version__ = "1.4"
