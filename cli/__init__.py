"""The ``suqiu`` command: for operators, for benchmarks, and for a terminal conversation."""
