"""Drafts that are taken up on another channel: the code, and where they were before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("code_digest", sa.String(), nullable=True))
    op.create_index("uq_drafts_code_digest", "drafts", ["code_digest"], unique=True)
    op.create_table(
        "draft_moves",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_draft_moves")),
    )
    op.create_index(op.f("ix_draft_moves_draft_id"), "draft_moves", ["draft_id"], unique=False)
    op.create_index(
        op.f("ix_draft_moves_conversation_id"), "draft_moves", ["conversation_id"], unique=False
    )
