"""Errors that people are meant to see: a code for staff, a sentence for the citizen.

The sentence is looked up in ``casework/texts/errors.yml`` by the code; ``channels/errors.py`` is
the one place that turns an error into an HTTP status.
"""

from __future__ import annotations


class CaseworkError(Exception):
    """Something a person asked for cannot be done. ``code`` names the sentence to show."""

    code = "casework_error"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.code)
        self.detail = detail


class UnknownConversation(CaseworkError):
    """No conversation has this id."""

    code = "unknown_conversation"


class UnknownMatter(CaseworkError):
    """No matter has this number with this query code. Which of the two was wrong is never said."""

    code = "unknown_matter"


class TooManyAttempts(CaseworkError):
    """The same conversation or address asked too often."""

    code = "too_many_attempts"


class NotAllowed(CaseworkError):
    """This member of staff may not do this."""

    code = "not_allowed"


class NotYours(CaseworkError):
    """The conversation is owned by somebody else, or by nobody."""

    code = "not_yours"


class AlreadyTaken(CaseworkError):
    """Another member of staff took the conversation first."""

    code = "already_taken"


class BadTransition(CaseworkError):
    """A matter cannot go from its status to the one asked for."""

    code = "bad_transition"


class NothingToSubmit(CaseworkError):
    """There is no confirmed summary to hand over (design invariant 4)."""

    code = "nothing_to_submit"


class DialogueUnavailable(CaseworkError):
    """The dialogue server did not answer, answered with nothing, or answered nonsense."""

    code = "dialogue_unavailable"


class MessageTooLong(CaseworkError):
    """More text than is kept for one message."""

    code = "message_too_long"


class WrongPassword(CaseworkError):
    """Sign-in failed. Which part was wrong is never said."""

    code = "wrong_password"


class Conflict(CaseworkError):
    """Somebody else changed the same thing at the same moment; reading it again helps."""

    code = "conflict"


class StorageUnavailable(CaseworkError):
    """The database did not take the work in time; trying again later may help."""

    code = "storage_unavailable"


class NotWaiting(CaseworkError):
    """The conversation waits for nobody: the citizen left the queue, or it is back with the bot."""

    code = "not_waiting"


class EmptyMessage(CaseworkError):
    """Nothing is left of the text once it is cleaned."""

    code = "empty_message"


class SealedMatter(NotAllowed):
    """The matter is sealed (design invariant 7); opening it takes a supervisor and a reason."""

    code = "sealed_matter"


class WeakPassword(CaseworkError):
    """The password is too short, too plain or holds the username."""

    code = "weak_password"


class BadUsername(CaseworkError):
    """The username is taken, or is no username."""

    code = "bad_username"


class UnknownStaff(CaseworkError):
    """No account has this id or name."""

    code = "unknown_staff"


class CannotStart(Exception):
    """A process cannot start as it is set up. The message is one sentence for the operator."""
