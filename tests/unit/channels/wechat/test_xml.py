"""Reading XML of strangers."""

from __future__ import annotations

import pytest

from channels.wechat.refusals import Malformed, TooLarge
from channels.wechat.xml import LARGEST, read

BILLION_LAUGHS = (
    '<!DOCTYPE xml [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><xml><Content>&i;</Content></xml>"
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<xml><Content>unclosed</xml>",
        b"<html><Content>x</Content></html>",
        BILLION_LAUGHS.encode(),
        b'<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>',
        b'<!DOCTYPE xml SYSTEM "http://evil.invalid/x.dtd"><xml></xml>',
        b"<xml>&undefined;</xml>",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "<xml><Content>x</Content></xml>".encode("utf-16"),
    ],
    ids=["empty", "text", "open", "other root", "bomb", "file", "dtd", "entity", "png", "utf-16"],
)
def test_what_is_not_a_plain_message_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)


def test_more_bytes_than_any_message_has_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(TooLarge):
        read(b"<xml>" + b"x" * LARGEST + b"</xml>")


def test_deep_nesting_does_no_harm() -> None:
    assert read("<xml><a>" + "<b>" * 30_000 + "</b>" * 30_000 + "</a></xml>") == {"a": ""}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<xml><Content><![CDATA[a\x00b\x0bc]]></Content></xml>", "abc"),
        (b"<xml><Content><![CDATA[\xed\xa0\x80hi]]></Content></xml>", "\ufffd\ufffd\ufffdhi"),
        (b"<xml><Content>a&#1;b&#xD800;c&#xFFFF;d&#65;</Content></xml>", "abcdA"),
        (b"<xml><Content>a&#99999999;b</Content></xml>", "ab"),
        (b"<xml><Content><![CDATA[&#1; &amp; ]]]]><![CDATA[>]]></Content></xml>", "&#1; &amp; ]]>"),
        ("\ufeff<xml><Content>有</Content></xml>".encode(), "有"),
        (b"<xml><Content>\xff\xfe</Content></xml>", "\ufffd\ufffd"),
    ],
    ids=["control", "lone surrogate", "references", "no code point", "cdata", "bom", "not utf-8"],
)
def test_characters_that_xml_forbids_do_not_cost_the_message(body: bytes, expected: str) -> None:
    assert read(body)["Content"] == expected
