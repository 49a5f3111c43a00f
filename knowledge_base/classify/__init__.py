"""Sorts what people write: a petition into a category of the bureau, a question into a topic."""
