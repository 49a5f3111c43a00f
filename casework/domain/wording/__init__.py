"""A machine's wording of a summary: what it is shown, and what of its answer may stay.

Nothing here asks the machine; see ``casework.wording`` for when it is asked, and docs/adr/0012.
"""
