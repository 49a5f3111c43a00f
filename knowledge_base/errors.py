"""What can go wrong, one class a kind. The message is one clear sentence for staff."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of every error this library raises on purpose."""


class SourceError(KnowledgeError):
    """A file of the guidance cannot be read or does not follow the schema."""


class IndexMissing(KnowledgeError):
    """There is no index in the folder."""


class IndexMismatch(KnowledgeError):
    """The index was made from other sources, by another model or by another version."""


class EmbedderError(KnowledgeError):
    """The embedding model cannot be loaded or does not fit the index."""


class UnknownEntry(KnowledgeError):
    """No entry has this id in this place."""


class ClassifierError(KnowledgeError):
    """A learned classifier is missing, broken, or of another kind or version."""
