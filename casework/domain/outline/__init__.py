"""What a story comes to for a lawyer: its topics, timeline, open questions, ways and clocks.

Everything is worked out from what was told, by rule, and names the messages it came from.
"""
