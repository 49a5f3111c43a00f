"""Log lines of all processes, set up in one place.

Lines hold ids and codes, never what people said or who they are. As a second line of defence
everything passes a filter that masks what looks like a telephone, identity or card number, an
e-mail address or an openid, and withholds fields whose names promise personal data.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

WITHHELD = "[withheld]"
MASK = "[masked]"

_PRIVATE_FIELDS = frozenset(
    [
        "text",
        "words",
        "sender",
        "recipient",
        "openid",
        "name",
        "phone",
        "id_number",
        "address",
        "email",
        "narrative",
        "summary",
        "facts",
        "payload",
        "body",
        "query_code",
        "password",
        "token",
        "secret",
        "signature",
        "cookie",
    ]
)
# Ids of ours (32 hexadecimal digits) are taken first, so that digits inside them stay.
_PRIVATE_VALUES = re.compile(
    r"(?P<id>(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z]))"
    r"|(?<!\d)\d{17}[\dXx](?![\dXx])"  # identity number
    r"|(?<!\d)(?:\d[ -]?){16,19}(?!\d)"  # bank card
    r"|(?<!\d)[1１][3-9３-９]\d(?:[ -]?\d{4}){2}(?!\d)"  # mobile telephone
    r"|(?<!\d)[0０]\d{2,3}[ -]?\d{7,8}(?!\d)"  # landline
    r"|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
    r"|(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])"  # openid
)


def configure(
    level: Literal["debug", "info", "warning", "error"] = "info",
    form: Literal["console", "json"] = "console",
    process: str = "",
) -> None:
    """Send all log lines of this process, those of libraries too, to stderr.

    ``process`` names the process in its lines, for logs that come together in one place.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _naming(process),
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,  # frames without their variables
        scrub,
    ]
    renderer: Processor
    if form == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        # Not cached: a logger that was used before the logs were set up would keep the old ways.
        cache_logger_on_first_use=False,
    )
    handler = _Stderr()
    handler.setLevel(level.upper())  # some libraries set a level of their own below ours
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # These tell addresses with everything in them when they are talkative.
    for talkative in ("urllib3", "requests", "alembic", "sqlalchemy"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what stderr is at the moment of writing: it may be put elsewhere, or closed and
    opened anew, after the logs were set up."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def _naming(process: str) -> Processor:
    def name_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        if process:
            event.setdefault("process", process)
        return event

    return name_process


def scrub(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask what looks like personal data anywhere in an event."""
    for field, value in event.items():
        if not field.startswith("_"):  # those are structlog's own
            event[field] = WITHHELD if field in _PRIVATE_FIELDS else _clean(value)
    return event


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _PRIVATE_VALUES.sub(lambda found: found["id"] or MASK, value)
    if isinstance(value, MutableMapping):
        return {
            key: WITHHELD if key in _PRIVATE_FIELDS else _clean(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set):
        return [_clean(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return MASK if _PRIVATE_VALUES.fullmatch(str(value)) else value
    if value is None or isinstance(value, bool | float):
        return value
    return _clean(str(value))
