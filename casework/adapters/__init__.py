"""Implementations of ``casework.ports``: one noun a file, each named like its port."""
