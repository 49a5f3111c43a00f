"""What people's troubles are about (wages, divorce, a road accident …) and what a lawyer asks then.

A topic is data (``casework/intakes/topics/*.yml``, described in ``docs/intakes.md``). ``legal_topic``
is what a topic holds, ``reading`` turns a file into one.
"""
