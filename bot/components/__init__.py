"""Parts of the dialogue server: how a message is understood, and how it comes in and goes out.

Rasa runs in ``bot/``, which puts this package on its path as ``components``. Nothing here imports
the rest of the project: the two meet over HTTP only (docs/adr/0001).
"""
