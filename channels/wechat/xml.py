"""The platform's XML, read without trusting it: no entities, no document types, a size limit."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from channels.wechat.refusals import Malformed, TooLarge

#: Bytes of a call. Messages of the platform have a few thousand.
LARGEST = 256 * 1024

# Characters that XML 1.0 does not allow. People do paste them, and the platform passes them on;
# a message is not refused for one of them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}));")


def read(body: bytes | str) -> dict[str, str]:
    """The fields of a message, by tag name; of a field with children only its own text.

    Raises:
        TooLarge: more than ``LARGEST`` bytes.
        Malformed: not well-formed, with a document type or entities, or not ``<xml>``.
    """
    if len(body) > LARGEST:
        raise TooLarge
    text = body if isinstance(body, str) else body.decode("utf-8-sig", "replace")
    text = _FORBIDDEN.sub("", text)
    try:
        try:
            root = fromstring(text, forbid_dtd=True)
        except ParseError:
            root = fromstring(_REFERENCE.sub(_allowed, text), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Malformed from error
    if root.tag != "xml":
        raise Malformed
    return {child.tag: child.text or "" for child in root}


def _allowed(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    legal = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    return reference[0] if legal or 0x10000 <= code <= 0x10FFFF else ""
