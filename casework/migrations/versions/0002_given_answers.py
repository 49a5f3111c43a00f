"""Answers given, with the articles they relied on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "given_answers",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("read_on", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "message_id", "entry_id", "law", "article", name=op.f("pk_given_answers")
        ),
    )
    op.create_index(
        "ix_given_answers_law", "given_answers", ["law", "article", "read_on"], unique=False
    )
