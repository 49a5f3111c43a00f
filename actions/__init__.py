"""Custom actions of the dialogue: read the message, call one use case, say what it says.

One file a feature, named as in ``bot/domain``. An action decides nothing itself and never raises.
"""
