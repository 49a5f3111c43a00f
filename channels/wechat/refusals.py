"""Why a call to the webhook is refused. Each has a code for the log and an HTTP status."""

from __future__ import annotations


class Refused(Exception):
    """The call is not answered. ``code`` goes to the log; nothing of the body does."""

    code = "refused"
    status = 400


class BadSignature(Refused):
    """Not signed with our token, or not signed at all."""

    code = "bad_signature"
    status = 403


class Stale(Refused):
    """Signed too long ago, or by a clock far from ours."""

    code = "stale_timestamp"
    status = 403


class Replayed(Refused):
    """A signature that was already used for another message."""

    code = "replayed_signature"
    status = 403


class TooLarge(Refused):
    """More bytes than any message of the platform has."""

    code = "too_large"
    status = 413


class Malformed(Refused):
    """Not the XML of a message."""

    code = "malformed"


class NotEncrypted(Refused):
    """In plain text although the account has an AES key, or the other way round."""

    code = "wrong_mode"


class Undecipherable(Refused):
    """Signed correctly, but not encrypted with our key for our account."""

    code = "undecipherable"
