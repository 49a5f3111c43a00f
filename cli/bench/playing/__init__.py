"""Citizens who are programs: they know what they want to say, and nothing of the form."""
