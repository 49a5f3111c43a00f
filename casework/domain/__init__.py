"""The rules of a petition in plain Python: no I/O, no clock, no database."""
