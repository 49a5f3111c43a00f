"""The tables. Columns of type ``LargeBinary`` hold values sealed by the vault.

``position`` keeps the order of arrival. References to a message (``message_id``) carry no foreign
key: the inbox is cleared earlier than what came of its messages.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC ``datetime``; SQLite, which has no time zones, keeps it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _position() -> Column[int]:
    whole = BigInteger().with_variant(Integer, "sqlite")
    return Column("position", whole, primary_key=True, autoincrement=True)


def _conversation() -> Column[str]:
    return Column("conversation_id", String, ForeignKey("conversations.id"), nullable=False)


def _required(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


staff = Table(
    "staff",
    metadata,
    Column("id", String, primary_key=True),
    _required("username", String, unique=True),
    _required("name", String),
    _required("role", String),
    _required("password_hash", String),
    _required("active", Boolean),
    _required("must_change_password", Boolean),
    Column("created_at", Moment),
)

sign_in_tickets = Table(
    "sign_in_tickets",
    metadata,
    Column("digest", String, primary_key=True),
    _required("staff_id", String),
    _required("expires_at", Moment),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    _required("channel", String),
    _required("sender_digest", String),
    _required("sender", LargeBinary),
    _required("created_at", Moment),
    _required("last_at", Moment),
    _required("owner", String),
    Column("staff_id", String, ForeignKey("staff.id")),
    Column("waiting_since", Moment),
    _required("risk", String),
    Column("risk_confirmed_by", String),
    Column("consent_version", String),
    Column("consent_at", Moment),
    # Offered buttons, notes, the reason for waiting and the signs of risk: all may repeat
    # the citizen's own words.
    _required("state", LargeBinary),
    _required("last_seq", Integer, server_default=text("0")),
    UniqueConstraint("channel", "sender_digest"),
    Index("ix_conversations_owner_staff_id", "owner", "staff_id"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    _required("holder", String),
    _required("expires_at", Moment),
)

inbox = Table(
    "inbox",
    metadata,
    _position(),
    _required("id", String, unique=True),
    _conversation(),
    _required("channel", String),
    _required("key_digest", String),  # WeChat's keys hold the openid
    _required("kind", String),
    _required("words", LargeBinary),
    _required("sent_at", Moment),
    _required("received_at", Moment),
    Column("done_at", Moment),
    _required("attempts", Integer, server_default=text("0")),
    # The later message that this one is answered with; set before that turn begins.
    Column("turn_id", String),
    UniqueConstraint("channel", "key_digest"),
    Index(
        "ix_inbox_pending",
        "conversation_id",
        "position",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
    Index(
        "ix_inbox_turn_id",
        "turn_id",
        sqlite_where=text("turn_id IS NOT NULL"),
        postgresql_where=text("turn_id IS NOT NULL"),
    ),
    Index("ix_inbox_conversation_id", "conversation_id"),
)

transcript = Table(
    "transcript",
    metadata,
    Column("conversation_id", String, ForeignKey("conversations.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _required("id", String, unique=True),
    _required("author", String),
    _required("words", LargeBinary),  # the text and the labels under it
    _required("at", Moment),
    Column("message_id", String, index=True),
    Column("staff_id", String, ForeignKey("staff.id")),
    Column("key_digest", String),
    UniqueConstraint("conversation_id", "key_digest"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String, primary_key=True),
    _conversation(),
    _required("kind", String),
    _required("stage", String),
    _required("started_at", Moment),
    _required("updated_at", Moment),
    _required("content", LargeBinary),
    # A keyed fingerprint: the code itself is with the citizen alone.
    Column("code_digest", String),
    Index("uq_drafts_code_digest", "code_digest", unique=True),
    Index(
        "uq_drafts_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("stage NOT IN ('submitted', 'cancelled')"),
        postgresql_where=text("stage NOT IN ('submitted', 'cancelled')"),
    ),
)

# The conversations that a draft was told in before it went on elsewhere. No foreign keys: a row
# must not wait for a turn of the conversation it names.
draft_moves = Table(
    "draft_moves",
    metadata,
    _position(),
    _required("draft_id", String, index=True),
    _required("conversation_id", String, index=True),
    _required("at", Moment),
)

matters = Table(
    "matters",
    metadata,
    _position(),
    _required("id", String, unique=True),
    _required("number", String, unique=True),
    _required("code", LargeBinary),
    _required("kind", String),
    _conversation(),
    _required("draft_id", String, unique=True),
    _required("summary", LargeBinary),
    _required("created_at", Moment),
    _required("status", String),
    _required("sealed", Boolean),
    Column("handler_id", String, ForeignKey("staff.id")),
    _required("version", Integer),
    Index("ix_matters_conversation_id", "conversation_id"),
    Index("ix_matters_created_at", "created_at"),
)

matter_events = Table(
    "matter_events",
    metadata,
    _position(),
    _required("id", String, unique=True),
    Column("matter_id", String, ForeignKey("matters.id"), nullable=False, index=True),
    _required("at", Moment),
    _required("what", String),
    _required("by", String),
    Column("status", String),
    _required("note", LargeBinary),
    _required("public", Boolean),
)

outbox = Table(
    "outbox",
    metadata,
    _position(),
    _required("id", String, unique=True),
    _required("kind", String),
    _required("target", String),
    _required("key", String),
    _required("payload", LargeBinary),
    Column("conversation_id", String, ForeignKey("conversations.id")),
    Column("matter_id", String, ForeignKey("matters.id"), index=True),
    Column("message_id", String, index=True),
    _required("state", String),
    _required("attempts", Integer),
    _required("due_at", Moment),
    _required("created_at", Moment),
    Column("done_at", Moment),
    Column("claimed_by", String),
    Column("claimed_until", Moment),
    Column("last_error", LargeBinary),  # a receiver's words may repeat what it was sent
    UniqueConstraint("target", "key"),
    Index("ix_outbox_state_due_at", "state", "due_at"),
)

# What machines proposed for a matter. Never for a sealed one.
proposals = Table(
    "proposals",
    metadata,
    Column("matter_id", String, ForeignKey("matters.id"), primary_key=True),
    _required("state", String),
    _required("attempts", Integer),
    _required("due_at", Moment),
    _required("model", String),
    _required("reason", String),  # a code
    Column("made_at", Moment),
    _required("dropped", Integer),
    Column("content", LargeBinary),
    Index("ix_proposals_state_due_at", "state", "due_at"),
)

effects = Table(
    "effects",
    metadata,
    Column("message_id", String, primary_key=True),
    Column("name", String, primary_key=True),
    _required("result", LargeBinary),
    _required("at", Moment),
)

# No foreign keys and no words: it outlives the conversation, and says nothing about anybody.
given_answers = Table(
    "given_answers",
    metadata,
    Column("message_id", String, primary_key=True),
    Column("entry_id", String, primary_key=True),
    Column("law", String, primary_key=True),
    Column("article", String, primary_key=True),
    _required("read_on", String),
    _required("conversation_id", String),
    _required("at", Moment),
    Index("ix_given_answers_law", "law", "article", "read_on"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    _required("value", Integer),
)

audit = Table(
    "audit",
    metadata,
    _position(),
    _required("id", String, unique=True),
    _required("at", Moment),
    _required("by", String),
    _required("what", String),
    _required("subject", String, index=True),
    _required("detail", LargeBinary),
)

# One sample sealed under each key, by which a wrong key ring is noticed at start.
vault_marks = Table(
    "vault_marks",
    metadata,
    Column("key_id", String, primary_key=True),
    _required("mark", LargeBinary),
)
